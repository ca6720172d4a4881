-- The functions of the game that the addon uses, each guarded: a function or a whole namespace that
-- this client lacks, an error and a secret result all come back as nil. Every call that depends on
-- the world, on units or on talents goes through this table.
local _, addon = ...

local Call = addon.Call

local NONE = {}
local C_ActionBar = C_ActionBar or NONE
local C_AddOns = C_AddOns or NONE
local C_ChallengeMode = C_ChallengeMode or NONE
local C_ClassTalents = C_ClassTalents or NONE
local C_DateAndTime = C_DateAndTime or NONE
local C_EncounterJournal = C_EncounterJournal or NONE
local C_InstanceEncounter = C_InstanceEncounter or NONE
local C_Loot = C_Loot or NONE
local C_Map = C_Map or NONE
local C_MythicPlus = C_MythicPlus or NONE
local PlayerUtil = PlayerUtil or NONE
local C_RaidLocks = C_RaidLocks or NONE
local C_RestrictedActions = C_RestrictedActions or NONE
local C_ScenarioInfo = C_ScenarioInfo or NONE
local C_Sound = C_Sound or NONE
local C_SpecializationInfo = C_SpecializationInfo or NONE
local C_Spell = C_Spell or NONE
local C_Traits = C_Traits or NONE

local function Missing()
    return nil
end

---@generic F: function
---@param action F?
---@return F
local function Guarded(action)
    if not action then
        return Missing
    end
    return function(...)
        return Call(action, ...)
    end
end

addon.Game = {
    CreateFrame = Guarded(CreateFrame), -- for templates that a client may lack
    CreateSettingsButtonInitializer = Guarded(CreateSettingsButtonInitializer),
    EJ_GetEncounterInfo = Guarded(EJ_GetEncounterInfo),
    EJ_GetEncounterInfoByIndex = Guarded(EJ_GetEncounterInfoByIndex),
    GetInstanceInfo = Guarded(GetInstanceInfo),
    GetMaxLevelForLatestExpansion = Guarded(GetMaxLevelForLatestExpansion),
    GetRealZoneText = Guarded(GetRealZoneText),
    GetRealmName = Guarded(GetRealmName),
    GetSpecializationNameForSpecID = Guarded(GetSpecializationNameForSpecID),
    GetUIPanel = Guarded(GetUIPanel),
    InCombatLockdown = Guarded(InCombatLockdown),
    IsAnyBagOpen = Guarded(IsAnyBagOpen),
    IsControlKeyDown = Guarded(IsControlKeyDown),
    IsMacClient = Guarded(IsMacClient),
    IsMetaKeyDown = Guarded(IsMetaKeyDown),
    IsInInstance = Guarded(IsInInstance),
    RequestRaidInfo = Guarded(RequestRaidInfo),
    UnitCastingInfo = Guarded(UnitCastingInfo),
    UnitIsDeadOrGhost = Guarded(UnitIsDeadOrGhost),
    UnitLevel = Guarded(UnitLevel),
    UnitName = Guarded(UnitName),
    ActionBar = {
        FindSpellActionButtons = Guarded(C_ActionBar.FindSpellActionButtons),
    },
    AddOns = {
        IsAddOnLoaded = Guarded(C_AddOns.IsAddOnLoaded),
    },
    ChallengeMode = {
        GetActiveChallengeMapID = Guarded(C_ChallengeMode.GetActiveChallengeMapID),
        GetMapUIInfo = Guarded(C_ChallengeMode.GetMapUIInfo),
        GetSlottedKeystoneInfo = Guarded(C_ChallengeMode.GetSlottedKeystoneInfo),
        IsChallengeModeActive = Guarded(C_ChallengeMode.IsChallengeModeActive),
    },
    ClassTalents = {
        CanChangeTalents = Guarded(C_ClassTalents.CanChangeTalents),
        CanCreateNewConfig = Guarded(C_ClassTalents.CanCreateNewConfig),
        CanEditTalents = Guarded(C_ClassTalents.CanEditTalents),
        CommitConfig = Guarded(C_ClassTalents.CommitConfig),
        DeleteConfig = Guarded(C_ClassTalents.DeleteConfig),
        GetActiveConfigID = Guarded(C_ClassTalents.GetActiveConfigID),
        GetConfigIDsBySpecID = Guarded(C_ClassTalents.GetConfigIDsBySpecID),
        GetHeroTalentSpecsForClassSpec = Guarded(C_ClassTalents.GetHeroTalentSpecsForClassSpec),
        GetLastSelectedSavedConfigID = Guarded(C_ClassTalents.GetLastSelectedSavedConfigID),
        GetStarterBuildActive = Guarded(C_ClassTalents.GetStarterBuildActive),
        GetTraitTreeForSpec = Guarded(C_ClassTalents.GetTraitTreeForSpec),
        ImportLoadout = Guarded(C_ClassTalents.ImportLoadout),
        IsConfigPopulated = Guarded(C_ClassTalents.IsConfigPopulated),
        LoadConfig = Guarded(C_ClassTalents.LoadConfig),
        SetStarterBuildActive = Guarded(C_ClassTalents.SetStarterBuildActive),
        SetUsesSharedActionBars = Guarded(C_ClassTalents.SetUsesSharedActionBars),
        SwitchToLoadoutByIndex = Guarded(C_ClassTalents.SwitchToLoadoutByIndex),
        UpdateLastSelectedSavedConfigID = Guarded(C_ClassTalents.UpdateLastSelectedSavedConfigID),
    },
    DateAndTime = {
        GetSecondsUntilWeeklyReset = Guarded(C_DateAndTime.GetSecondsUntilWeeklyReset),
    },
    EncounterJournal = {
        GetEncountersOnMap = Guarded(C_EncounterJournal.GetEncountersOnMap),
        GetInstanceForGameMap = Guarded(C_EncounterJournal.GetInstanceForGameMap),
        IsEncounterComplete = Guarded(C_EncounterJournal.IsEncounterComplete),
    },
    InstanceEncounter = {
        IsEncounterInProgress = Guarded(C_InstanceEncounter.IsEncounterInProgress),
    },
    Loot = {
        IsLegacyLootModeEnabled = Guarded(C_Loot.IsLegacyLootModeEnabled),
    },
    Map = {
        GetBestMapForUnit = Guarded(C_Map.GetBestMapForUnit),
        GetPlayerMapPosition = Guarded(C_Map.GetPlayerMapPosition),
    },
    MythicPlus = {
        GetOwnedKeystoneChallengeMapID = Guarded(C_MythicPlus.GetOwnedKeystoneChallengeMapID),
    },
    PlayerUtil = {
        GetCurrentSpecID = Guarded(PlayerUtil.GetCurrentSpecID),
    },
    RaidLocks = {
        GetRedirectedDifficultyID = Guarded(C_RaidLocks.GetRedirectedDifficultyID),
        IsEncounterComplete = Guarded(C_RaidLocks.IsEncounterComplete),
    },
    RestrictedActions = {
        IsAddOnRestrictionActive = Guarded(C_RestrictedActions.IsAddOnRestrictionActive),
    },
    ScenarioInfo = {
        GetCriteriaInfo = Guarded(C_ScenarioInfo.GetCriteriaInfo),
        GetScenarioStepInfo = Guarded(C_ScenarioInfo.GetScenarioStepInfo),
    },
    Sound = {
        PlaySound = Guarded(C_Sound.PlaySound),
    },
    SpecializationInfo = {
        GetSpecialization = Guarded(C_SpecializationInfo.GetSpecialization),
        GetSpecializationInfo = Guarded(C_SpecializationInfo.GetSpecializationInfo),
    },
    Spell = {
        GetSpellName = Guarded(C_Spell.GetSpellName),
        GetSpellTexture = Guarded(C_Spell.GetSpellTexture),
        IsSpellPassive = Guarded(C_Spell.IsSpellPassive),
    },
    Traits = {
        ConfigHasStagedChanges = Guarded(C_Traits.ConfigHasStagedChanges),
        GetConfigInfo = Guarded(C_Traits.GetConfigInfo),
        GetDefinitionInfo = Guarded(C_Traits.GetDefinitionInfo),
        GetEntryInfo = Guarded(C_Traits.GetEntryInfo),
        GetLoadoutSerializationVersion = Guarded(C_Traits.GetLoadoutSerializationVersion),
        GetNodeCost = Guarded(C_Traits.GetNodeCost),
        GetNodeInfo = Guarded(C_Traits.GetNodeInfo),
        GetSubTreeInfo = Guarded(C_Traits.GetSubTreeInfo),
        GetTreeCurrencyInfo = Guarded(C_Traits.GetTreeCurrencyInfo),
        GetTreeHash = Guarded(C_Traits.GetTreeHash),
        GetTreeNodes = Guarded(C_Traits.GetTreeNodes),
        PurchaseRank = Guarded(C_Traits.PurchaseRank),
        ResetTree = Guarded(C_Traits.ResetTree),
        RollbackConfig = Guarded(C_Traits.RollbackConfig),
        SetSelection = Guarded(C_Traits.SetSelection),
    },
}
