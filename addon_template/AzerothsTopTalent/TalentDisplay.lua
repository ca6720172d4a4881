-- A talent as the game shows it: name, icon, tooltip, whether it is an ability of the action bars.
-- All of it comes from the client, so it is in the player's language and nothing of it is shipped.
local _, addon = ...

local Game, Readable = addon.Game, addon.Readable
local TalentTree = addon.TalentTree

local TalentDisplay = {}
addon.TalentDisplay = TalentDisplay

local UNKNOWN_ICON = 134400 -- INV_Misc_QuestionMark

-- By entry. What an entry is does not change during a session.
---@type table<integer, DisplayedTalent>
local known = {}

-- The choice of a hero tree: its name and emblem.
local function OfHeroTree(configID, subTreeID)
    local info = Game.Traits.GetSubTreeInfo(configID, subTreeID)
    local name = TalentTree.HeroName(configID, subTreeID)
    if not name then
        return nil
    end
    local atlas = type(info) == "table" and Readable(info.iconElementID, "string") or nil
    return { name = name, icon = UNKNOWN_ICON, atlas = atlas, isAbility = false }
end

local function Read(configID, entryID)
    local entry = Game.Traits.GetEntryInfo(configID, entryID)
    local subTreeID = type(entry) == "table" and Readable(entry.subTreeID, "number")
    if subTreeID then
        return OfHeroTree(configID, subTreeID)
    end
    local info = TalentTree.Info(configID, entryID)
    if not info.name then
        return nil
    end
    local spellID = info.spellID
    return {
        name = info.name,
        spellID = spellID,
        icon = info.icon or spellID and Game.Spell.GetSpellTexture(spellID) or UNKNOWN_ICON,
        isAbility = spellID ~= nil and Game.Spell.IsSpellPassive(spellID) == false,
    }
end

-- nil while the client does not know the talent: names of spells load late, so only what is known is
-- kept.
---@param configID integer
---@param entryID integer
---@return DisplayedTalent?
function TalentDisplay.Get(configID, entryID)
    local talent = known[entryID] or Read(configID, entryID)
    known[entryID] = talent
    return talent
end

-- True if the ability stands on one of the player's action bars.
---@param talent DisplayedTalent
---@return boolean
function TalentDisplay.IsOnActionBars(talent)
    local slots = talent.isAbility and Game.ActionBar.FindSpellActionButtons(talent.spellID)
    return type(slots) == "table" and #slots > 0
end
