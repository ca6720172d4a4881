-- The door to the game's values. Since 12.0 parts of them are secret inside dungeons and raids:
-- to compare, join, index or test one raises an error. So every answer of the game that could be
-- secret passes through Plain or Ask before it is looked at.
local _, addon = ...

local IsSecret = issecretvalue
local CanAccessTable = canaccesstable

-- value if it may be read and has the type, else nil.
local function Plain(value, kind)
    if IsSecret(value) then
        return nil
    end
    local actual = type(value)
    if kind and actual ~= kind then
        return nil
    end
    if actual == "table" and not CanAccessTable(value) then
        return nil
    end
    return value
end
addon.Plain = Plain

local function PlainAll(ok, ...)
    if not ok then
        return nil
    end
    local count = select("#", ...)
    if count <= 1 then
        return Plain((...))
    end
    local values = { ... }
    for index = 1, count do
        values[index] = Plain(values[index])
    end
    return unpack(values, 1, count)
end

-- Calls a function of the game that may be missing, refuse, or answer with secrets: those come
-- back as nil. The place for everything that another client build could lack.
function addon.Ask(call, ...)
    if type(call) ~= "function" then
        return nil
    end
    return PlainAll(pcall(call, ...))
end
