-- The door to the game's values. Since 12.0 parts of them are secret inside dungeons and raids:
-- to compare, join, index or test one raises an error. So every answer of the game that could be
-- secret passes through Plain or Ask before it is looked at.
local _, addon = ...

local function Read(name)
    return _G[name]
end

-- A part of the game by its global name, nil where a client build lacks it.
local function Global(name)
    local there, value = pcall(Read, name)
    return there and value or nil
end
addon.Global = Global

local IsSecret = Global("issecretvalue") or function() return false end
local CanAccessTable = Global("canaccesstable") or function() return true end

-- value if it may be read and has the type, else nil.
local function Plain(value, kind)
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

local paths = {} -- {space = "C_Traits" or nil, name = "GetNodeInfo"} by what Ask was given

local function PathOf(full)
    local path = paths[full]
    if not path then
        local space, name = full:match("^(.+)%.(.+)$")
        path = { space = space, name = name or full }
        paths[full] = path
    end
    return path
end

local function Call(full, ...)
    local path = PathOf(full)
    local home = path.space and _G[path.space] or _G
    return home[path.name](...)
end

-- Calls a function of the game by its name, "UnitLevel" or "C_Traits.GetNodeInfo". It may be
-- missing, refuse, or answer with secrets: those come back as nil. The place for everything that
-- another client build could lack.
function addon.Ask(name, ...)
    return PlainAll(pcall(Call, name, ...))
end
