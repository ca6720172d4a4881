-- luacheck for the addon: the game's Lua 5.1, and exactly the parts of the game that it uses.
-- Run it from this folder: luacheck --config .luacheckrc AzerothsTopTalent
std = "lua51"
max_line_length = 120
exclude_files = { "AzerothsTopTalent/TalentData.lua" } -- generated

-- What the addon itself puts into the game's global space.
globals = {
    "AzerothsTopTalentDB", "AzerothsTopTalentCharDB",
    "SLASH_AZEROTHSTOPTALENT1", "SlashCmdList",
    "BINDING_HEADER_AZEROTHSTOPTALENT", "BINDING_NAME_AZEROTHSTOPTALENT_FIRST",
    "BINDING_NAME_AZEROTHSTOPTALENT_SECOND", "BINDING_NAME_AZEROTHSTOPTALENT_ASK",
    "AzerothsTopTalent_OnBinding", "AzerothsTopTalent_OnCompartmentClick",
    "AzerothsTopTalent_OnCompartmentEnter", "AzerothsTopTalent_OnCompartmentLeave",
    "UISpecialFrames",
}

read_globals = {
    -- client
    "issecretvalue", "canaccesstable", "securecallfunction", "CreateFrame",
    "GetTime", "GetServerTime", "GetInstanceInfo", "GetRealmName", "GetMaxLevelForLatestExpansion",
    "InCombatLockdown", "RequestRaidInfo", "UnitCastingInfo", "UnitIsDeadOrGhost", "UnitLevel", "UnitName",
    "EJ_GetEncounterInfo", "EJ_GetEncounterInfoByIndex",
    "C_ChallengeMode", "C_ClassTalents", "C_DateAndTime", "C_EncounterJournal", "C_InstanceEncounter", "C_Map",
    "C_MythicPlus",     "C_RaidLocks", "C_RestrictedActions", "C_ScenarioInfo", "C_SpecializationInfo", "C_Spell", "C_Timer",
    "C_Traits",
    -- default interface
    "CreateSettingsButtonInitializer", "EventRegistry", "GameTooltip", "MenuUtil", "Settings", "UIParent",
}

files["AzerothsTopTalent/Locales"] = { max_line_length = false } -- sentences
