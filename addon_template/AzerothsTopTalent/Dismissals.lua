-- What the player has answered. "Don't ask again" holds for the account until /toptalent reset; "not
-- now" holds until the next pull, another instance, new data or the next login.
local _, addon = ...

local Dismissals = {}
addon.Dismissals = Dismissals

local FORGET_AFTER = 3600 -- seconds; the same dungeon an hour later is a new visit

function Dismissals.GeneralKey(specID)
    return specID .. ":general_choice"
end

-- content: "raid" or "mythicplus"
function Dismissals.ContentKey(specID, content)
    return specID .. ":" .. content
end

function Dismissals.EncounterKey(specID, encounterID)
    return specID .. ":encounter:" .. encounterID
end

function Dismissals.Never(key)
    addon.db.suppressed[key] = true
end

function Dismissals.IsNever(key)
    return addon.db.suppressed[key] == true
end

-- Forgets every "don't ask again" and "not now". The number of the former.
function Dismissals.Reset()
    local count = 0
    for _ in pairs(addon.db.suppressed) do
        count = count + 1
    end
    addon.db.suppressed = {}
    addon.char.answered = {}
    return count
end

local function Kept()
    local answered = addon.char.answered
    if answered.data ~= addon.TalentDataTimestamp or not answered.keys then
        answered = { data = addon.TalentDataTimestamp, keys = {}, failed = {} }
        addon.char.answered = answered
    end
    return answered
end

function Dismissals.NotNow(key, now)
    Kept().keys[key] = now
end

-- The build could not be applied, and will not be during this visit.
function Dismissals.Failed(key)
    Kept().failed[key] = true
end

function Dismissals.HasFailed(key)
    return Kept().failed[key] == true
end

function Dismissals.IsNotNow(key, now)
    local time = Kept().keys[key]
    if Dismissals.HasFailed(key) then
        return true
    elseif not time then
        return false
    end
    return key:match(":general_choice$") ~= nil or now - time < FORGET_AFTER
end

local function ForgetVisit(keys)
    for key in pairs(keys) do
        if not key:match(":general_choice$") then
            keys[key] = nil
        end
    end
end

-- The player is in another instance: what was answered for the last one is over.
function Dismissals.Entered(place)
    local answered = Kept()
    if answered.place ~= place then
        answered.place = place
        ForgetVisit(answered.keys)
        ForgetVisit(answered.failed)
    end
end

-- "Not now" was said of this pull, not of the next one.
function Dismissals.Pulled()
    ForgetVisit(Kept().keys)
end

function Dismissals.LoggedIn()
    addon.char.answered = {}
end
