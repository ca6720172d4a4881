-- Guards against secret values. Since 12.0 parts of what the game answers are secret inside dungeons
-- and raids: to compare, join, index or test such a value raises an error. Every value that could be
-- secret goes through Readable or Call before it is looked at.
local _, addon = ...

local IsSecret = issecretvalue or function() return false end
local CanAccessTable = canaccesstable or function() return true end

-- value if it may be read and has the type, else nil.
---@generic T
---@param value T
---@param kind? type
---@return T?
local function Readable(value, kind)
    if IsSecret(value) then
        return nil
    end
    local actual = type(value)
    if kind and actual ~= kind then
        return nil
    end
    if actual == "table" and CanAccessTable(value) == false then
        return nil
    end
    return value
end
addon.Readable = Readable

local function ReadableAll(ok, ...)
    if not ok then
        return nil
    end
    local count = select("#", ...)
    if count <= 1 then
        return Readable((...))
    end
    local values = { ... }
    for index = 1, count do
        values[index] = Readable(values[index])
    end
    return unpack(values, 1, count)
end

-- Calls a function of the game. Errors and secret results come back as nil.
function addon.Call(action, ...)
    return ReadableAll(pcall(action, ...))
end
