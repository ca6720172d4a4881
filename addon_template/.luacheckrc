-- luacheck for the addon: the game's Lua 5.1, and exactly the parts of the game that it uses.
-- Run it from this folder: luacheck --config .luacheckrc AzerothsTopTalent
std = "lua51"
max_line_length = 120
exclude_files = { "AzerothsTopTalent/TalentData.lua" } -- generated

-- What the addon itself puts into the game's global space.
globals = {
    "AzerothsTopTalentDB", "AzerothsTopTalentCharDB",
    "SLASH_AZEROTHSTOPTALENT1", "SLASH_AZEROTHSTOPTALENT2", "SlashCmdList",
    "BINDING_HEADER_AZEROTHSTOPTALENT", "BINDING_NAME_AZEROTHSTOPTALENT_FIRST",
    "BINDING_NAME_AZEROTHSTOPTALENT_SECOND", "BINDING_NAME_AZEROTHSTOPTALENT_ASK",
    "BINDING_NAME_AZEROTHSTOPTALENT_BUILDS",
    "AzerothsTopTalent_OnBinding", "AzerothsTopTalent_OnCompartmentClick",
    "AzerothsTopTalent_OnCompartmentEnter", "AzerothsTopTalent_OnCompartmentLeave",
    "AzerothsTopTalentAPI",
}

-- Functions of the game, called through addon.Game only (Game.lua) unless they are listed as direct.
read_globals = {
    -- direct: of the interface, never secret
    "C_Timer", "CreateFrame", "GetServerTime", "GetTime", "securecallfunction",
    "issecretvalue", "canaccesstable",
    "EventRegistry", "GameTooltip", "MenuUtil", "Settings", "UIParent", "UISpecialFrames",
    "CreateDataProvider", "CreateScrollBoxListLinearView", "ScrollBoxConstants", "ScrollUtil",
    "PlayerSpellsFrame", -- to anchor to, and to read its selection: never written to
    -- guarded
    "CreateSettingsButtonInitializer", "EJ_GetEncounterInfo", "EJ_GetEncounterInfoByIndex",
    "GetInstanceInfo", "GetMaxLevelForLatestExpansion", "GetRealmName", "InCombatLockdown", "IsInInstance",
    "RequestRaidInfo", "UnitCastingInfo", "UnitIsDeadOrGhost", "UnitLevel", "UnitName",
    "GetRealZoneText", "GetSpecializationNameForSpecID", "GetUIPanel", "IsAnyBagOpen", "IsControlKeyDown",
    "IsMacClient", "IsMetaKeyDown",
    C_ActionBar = { fields = { "FindSpellActionButtons" } },
    C_AddOns = { fields = { "IsAddOnLoaded" } },
    C_ChallengeMode = { fields = {
        "GetActiveChallengeMapID",
        "GetMapUIInfo",
        "GetSlottedKeystoneInfo",
        "IsChallengeModeActive",
    } },
    C_ClassTalents = { fields = {
        "CanChangeTalents",
        "CanCreateNewConfig",
        "CanEditTalents",
        "CommitConfig",
        "DeleteConfig",
        "GetActiveConfigID",
        "GetConfigIDsBySpecID",
        "GetHeroTalentSpecsForClassSpec",
        "GetLastSelectedSavedConfigID",
        "GetStarterBuildActive",
        "GetTraitTreeForSpec",
        "ImportLoadout",
        "IsConfigPopulated",
        "LoadConfig",
        "SetStarterBuildActive",
        "SetUsesSharedActionBars",
        "SwitchToLoadoutByIndex",
        "UpdateLastSelectedSavedConfigID",
    } },
    C_DateAndTime = { fields = { "GetSecondsUntilWeeklyReset" } },
    C_EncounterJournal = { fields = { "GetEncountersOnMap", "GetInstanceForGameMap", "IsEncounterComplete" } },
    C_InstanceEncounter = { fields = { "IsEncounterInProgress" } },
    C_Loot = { fields = { "IsLegacyLootModeEnabled" } },
    C_Map = { fields = { "GetBestMapForUnit", "GetPlayerMapPosition" } },
    C_MythicPlus = { fields = { "GetOwnedKeystoneChallengeMapID" } },
    C_RaidLocks = { fields = { "GetRedirectedDifficultyID", "IsEncounterComplete" } },
    C_RestrictedActions = { fields = { "IsAddOnRestrictionActive" } },
    C_ScenarioInfo = { fields = { "GetCriteriaInfo", "GetScenarioStepInfo" } },
    C_Sound = { fields = { "PlaySound" } },
    C_SpecializationInfo = { fields = { "GetSpecialization", "GetSpecializationInfo" } },
    C_Spell = { fields = { "GetSpellName", "GetSpellTexture", "IsSpellPassive" } },
    C_Traits = { fields = {
        "ConfigHasStagedChanges",
        "GetConfigInfo",
        "GetDefinitionInfo",
        "GetEntryInfo",
        "GetLoadoutSerializationVersion",
        "GetNodeCost",
        "GetNodeInfo",
        "GetSubTreeInfo",
        "GetTreeCurrencyInfo",
        "GetTreeHash",
        "GetTreeNodes",
        "PurchaseRank",
        "ResetTree",
        "RollbackConfig",
        "SetSelection",
    } },
    PlayerUtil = { fields = { "GetCurrentSpecID" } },
}

files["AzerothsTopTalent/Locales"] = { max_line_length = false } -- sentences
