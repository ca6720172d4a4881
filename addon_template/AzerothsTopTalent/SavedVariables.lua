-- What is kept between sessions, its defaults, and how older shapes become the present one.
-- Account: settings, "don't ask again", places of the windows. Character: loadout slots, the former
-- loadout, raid progress, answers given, the player's own talents (read by the desktop app).
local _, addon = ...

local Saved = {}
addon.Saved = Saved

local VERSION = 2

Saved.defaults = {
    enabled = true,
    autoApply = false,
    onLogin = true,
    onReadyCheck = true,
    onDungeon = true,
    onOtherDungeons = false,
    warnOld = true,
    sound = true,
    talentsButton = true,
    shareBuilds = false,
    debug = false,
}

local function Table(value)
    return type(value) == "table" and value or {}
end

-- specID:general_choice, specID:raid, specID:mythicplus, specID:encounter:ID
local function IsSuppressionKey(key)
    if type(key) ~= "string" then
        return false
    end
    return key:match("^%d+:general_choice$") ~= nil or key:match("^%d+:raid$") ~= nil
        or key:match("^%d+:mythicplus$") ~= nil or key:match("^%d+:encounter:%d+$") ~= nil
end

-- Older shapes kept the settings at the top and these keys under other names, as a set or a list.
-- No other key looks like them, so they are known wherever they stand.
local function CollectSuppressed(old, keys, depth)
    for key, value in pairs(old) do
        if IsSuppressionKey(key) then
            keys[key] = value and true or keys[key]
        elseif type(key) == "number" and IsSuppressionKey(value) then
            keys[value] = true
        elseif type(value) == "table" and depth > 0 then
            CollectSuppressed(value, keys, depth - 1)
        end
    end
    return keys
end

local function CollectSettings(old)
    local settings = {}
    local kept = Table(old.settings)
    for name, default in pairs(Saved.defaults) do
        local value = kept[name]
        if value == nil and old.version == nil then
            value = old[name]
        end
        if type(value) ~= type(default) then
            value = default
        end
        settings[name] = value
    end
    return settings
end

local POINTS = {
    TOPLEFT = true, TOP = true, TOPRIGHT = true, LEFT = true, CENTER = true, RIGHT = true,
    BOTTOMLEFT = true, BOTTOM = true, BOTTOMRIGHT = true,
}

-- The game raises an error for a point that it does not know.
local function Place(place)
    place = Table(place)
    if not POINTS[place.point or 0] or type(place.x) ~= "number" or type(place.y) ~= "number" then
        return nil
    end
    local relative = POINTS[place.relativePoint or 0] and place.relativePoint or place.point
    return { point = place.point, relativePoint = relative, x = place.x, y = place.y }
end

function Saved.MigrateAccount(old)
    old = Table(old)
    return {
        version = VERSION,
        settings = CollectSettings(old),
        suppressed = CollectSuppressed(old, {}, 2),
        place = Place(old.place),
        buildsPlace = Place(old.buildsPlace),
    }
end

-- Keeps only entries whose key is a number and whose value has the type.
local function BySpec(old, kind)
    local kept = {}
    for specID, value in pairs(Table(old)) do
        if type(specID) == "number" and type(value) == kind then
            kept[specID] = value
        end
    end
    return kept
end

local function Pending(old)
    if type(old) == "table" and type(old.specID) == "number" and type(old.code) == "string"
        and (old.former == nil or type(old.former) == "table") then
        return {
            specID = old.specID,
            code = old.code,
            former = old.former,
            restores = old.restores == true or nil,
            selectedID = type(old.selectedID) == "number" and old.selectedID or nil,
            createdID = type(old.createdID) == "number" and old.createdID or nil,
        }
    end
    return nil
end

-- Keeps only entries whose key is a suppression key and whose value has the type.
local function ByKey(old, kind)
    local kept = {}
    for key, value in pairs(Table(old)) do
        if IsSuppressionKey(key) and type(value) == kind then
            kept[key] = value
        end
    end
    return kept
end

local function Answered(old)
    old = Table(old)
    return {
        data = old.data,
        place = old.place,
        keys = ByKey(old.keys, "number"),
        failed = ByKey(old.failed, "boolean"),
    }
end

-- Who made the loadouts of the addon's name, by their ids; an older version noted one a spec only.
local function Made(old, slots)
    local made = BySpec(old, "table")
    for specID, configID in pairs(slots) do
        made[specID] = made[specID] or {}
        made[specID][configID] = true
    end
    return made
end

function Saved.MigrateCharacter(old)
    old = Table(old)
    return {
        version = VERSION,
        made = Made(old.made, BySpec(old.slots, "number")),
        requested = BySpec(old.requested, "number"), -- until when the slot that was asked for may come
        applied = BySpec(old.applied, "string"),
        former = BySpec(old.former, "table"),
        talents = BySpec(old.talents, "table"),
        pending = Pending(old.pending),
        raids = Table(old.raids),
        answered = Answered(old.answered),
    }
end

-- Once, when the game has loaded the files.
function Saved.Load()
    AzerothsTopTalentDB = Saved.MigrateAccount(AzerothsTopTalentDB)
    if Table(AzerothsTopTalentCharDB).version == nil then
        CollectSuppressed(Table(AzerothsTopTalentCharDB), AzerothsTopTalentDB.suppressed, 2)
    end
    AzerothsTopTalentCharDB = Saved.MigrateCharacter(AzerothsTopTalentCharDB)
    addon.db = AzerothsTopTalentDB
    addon.char = AzerothsTopTalentCharDB
end
