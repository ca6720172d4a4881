-- Which build to offer at a moment, or why none. Reads the game, changes nothing.
-- asked: the player asked for it.
local _, addon = ...

local Dismissals, BossFinder, BossSnapshot = addon.Dismissals, addon.BossFinder, addon.BossSnapshot
local Builds, Encounters, RaidProgress = addon.Builds, addon.Encounters, addon.RaidProgress
local ImportExport, Matching = addon.ImportExport, addon.Matching
local FormerLoadout, Swaps = addon.FormerLoadout, addon.Swaps
local TalentTree, TreeCheck = addon.TalentTree, addon.TreeCheck
local Game = addon.Game

local Offers = {}
addon.Offers = Offers

local WITHIN = 3 -- swaps: builds that support each other

-- "match" if the build is active, "other" if it could be, "misfit" if nobody can have it now.
local function Compare(tree, record)
    local selection, problem = ImportExport.Decode(record.talentCode, tree)
    if not selection then
        if problem ~= ImportExport.TOO_MANY_POINTS then
            addon.Fire("BUILD_MISFITS", tree.specID)
        end
        return "misfit"
    end
    return Matching.Equal(Matching.Active(tree), selection) and "match" or "other"
end

-- The name of a build's hero tree: in the player's language, else as the data have it.
local function HeroName(tree, record)
    local selection = ImportExport.Decode(record.talentCode, tree)
    local name = selection and TalentTree.HeroName(tree.configID, TalentTree.HeroTree(tree, selection))
    return name or type(record.heroTree) == "string" and record.heroTree or nil
end

local function New(kind, key, tree, fields)
    fields.kind, fields.key, fields.specID = kind, key, tree.specID
    fields.hero = {}
    for _, record in pairs(fields.choices or { fields.record }) do
        fields.hero[record] = HeroName(tree, record)
    end
    return fields
end

-- The general build of a content as an offer; nil and why not.
local function ContentOffer(tree, content, found)
    local record = Builds.General(tree.specID, content)
    if not record then
        return nil, "NO_BUILD"
    end
    local state = Compare(tree, record)
    if state ~= "other" then
        return nil, state == "match" and "MATCHES" or "MISFIT"
    end
    return New(content, Dismissals.ContentKey(tree.specID, content), tree,
        { record = record, found = found })
end

-- True if the talents are the addon's work for something else, and within the support of the build:
-- few builds serve a whole evening.
local function IsNear(tree, record)
    local selection = ImportExport.Decode(record.talentCode, tree)
    return selection ~= nil and FormerLoadout.IsOurs(tree)
        and Swaps.AreWithin(tree, Matching.Active(tree), selection, WITHIN)
end

-- Why the talents are good enough for a build that is not active; nil if they are not.
local function GoodEnough(tree, record, content)
    local general = record.generalFits == true and Builds.General(tree.specID, content)
    if general and Compare(tree, general) == "match" then
        return "GENERAL_FITS"
    end
    return IsNear(tree, record) and "NEAR" or nil
end

-- The build of a boss or dungeon as an offer; without one, the general build of its content.
local function EncounterOffer(tree, encounterID, content, name, found, asked)
    local record = Builds.ForEncounter(tree.specID, encounterID)
    local state = record and Compare(tree, record)
    local enough = state == "other" and not asked and GoodEnough(tree, record, content)
    if state == "match" then
        return nil, "MATCHES"
    elseif enough then
        return nil, enough
    elseif state ~= "other" then
        local offer, why = ContentOffer(tree, content, found)
        return offer, state == "misfit" and why == "NO_BUILD" and "MISFIT" or why
    end
    return New("encounter", Dismissals.EncounterKey(tree.specID, encounterID), tree, {
        record = record, content = content, name = name, found = found,
    })
end

-- True in a raid with the build of one of its bosses: whoever comes back there has chosen well.
local function PlaysBossBuild(tree)
    local mapID, _, instanceType = RaidProgress.Where()
    for _, boss in ipairs(instanceType == "raid" and Encounters.Raid(mapID) or {}) do
        local record = Builds.ForEncounter(tree.specID, boss.id)
        if record and Compare(tree, record) == "match" then
            return true
        end
    end
    return false
end

-- At login and spec change: both general builds, if the talents are neither.
function Offers.General(tree)
    if PlaysBossBuild(tree) then
        return nil, "MATCHES"
    end
    local choices, any, misfits = {}, false, false
    for _, content in ipairs({ "raid", "mythicplus" }) do
        local record = Builds.General(tree.specID, content)
        local state = record and Compare(tree, record)
        if state == "match" then
            return nil, "MATCHES"
        elseif state == "other" then
            choices[content] = record
            any = true
        elseif state == "misfit" then
            misfits = true
        end
    end
    if not any then
        return nil, misfits and "MISFIT" or "NO_BUILD"
    end
    return New("general_choice", Dismissals.GeneralKey(tree.specID), tree, { choices = choices })
end

-- In a raid: the next boss's build.
function Offers.Boss(tree, asked)
    local snapshot = BossSnapshot.Take()
    if not snapshot then
        return nil, "NOT_IN_RAID"
    end
    local found = BossFinder.Find(snapshot)
    found.pull = snapshot.pull
    if not found.id then
        local offer, why = ContentOffer(tree, "raid", found)
        return offer, why, found
    end
    for _, boss in ipairs(snapshot.bosses) do
        if boss.id == found.id then
            found.name = Encounters.Name(boss.id, boss.journalID)
        end
    end
    found.name = found.name or Encounters.Name(found.id)
    local offer, why = EncounterOffer(tree, found.id, "raid", found.name, found, asked)
    if offer then
        -- A guess is worth a question, never a change without one.
        offer.auto = found.confidence ~= BossFinder.GUESS and not TreeCheck.IsOther(tree)
    end
    return offer, why, found
end

local MYTHIC, KEYSTONE = 23, 8 -- difficulties; the latter also before the key is started
local OTHERS = { [1] = true, [2] = true, [24] = true } -- normal, heroic, timewalking; no followers

-- True where keys or Mythic are played; where the option says so, in others that the data know. Never
-- in old content.
local function IsWantedDungeon(mapID, difficultyID)
    if Game.Loot.IsLegacyLootModeEnabled() then
        return false
    elseif difficultyID == MYTHIC or difficultyID == KEYSTONE then
        return true
    end
    return addon.db.settings.onOtherDungeons and OTHERS[difficultyID] == true
        and Encounters.Dungeon(mapID) ~= nil
end

-- In a dungeon: its build.
function Offers.Dungeon(tree, asked)
    local mapID, difficultyID, instanceType, name = RaidProgress.Where()
    if instanceType ~= "party" then
        return nil, "NOT_IN_DUNGEON"
    elseif not asked and not IsWantedDungeon(mapID, difficultyID) then
        return nil, "NOT_HERE"
    end
    local encounterID = Encounters.Dungeon(mapID)
    local found = { id = encounterID, reason = encounterID and "DUNGEON" or "UNKNOWN_DUNGEON",
        others = {}, name = type(name) == "string" and name or nil }
    local offer, why
    if encounterID then
        found.name = Encounters.DungeonName(encounterID, found.name)
        offer, why = EncounterOffer(tree, encounterID, "mythicplus", found.name, found, asked)
    else
        offer, why = ContentOffer(tree, "mythicplus", found)
    end
    if offer then
        offer.auto = not TreeCheck.IsOther(tree)
    end
    return offer, why, found
end

-- After a pull, with auto-apply: the build of the boss that was pulled, if it still stands.
function Offers.Pulled(tree, encounterID)
    local offer, why = EncounterOffer(tree, encounterID, "raid", Encounters.Name(encounterID),
        { id = encounterID, reason = "WIPE", confidence = BossFinder.CERTAIN, others = {} })
    if not offer or offer.kind ~= "encounter" then
        return nil, why or "NO_BUILD"
    end
    offer.auto = not TreeCheck.IsOther(tree)
    return offer
end

-- True if the active talents are what the offer would bring.
function Offers.IsActive(offer, tree)
    for _, record in pairs(offer.choices or { offer.record }) do
        if Compare(tree, record) == "match" then
            return true
        end
    end
    return false
end
