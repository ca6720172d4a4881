-- The addon's page in the game's own settings.
local _, addon = ...

local L = addon.L

local Options = {}
addon.Options = Options

local ORDER = {
    "enabled", "autoApply", "onLogin", "onReadyCheck", "onDungeon", "onOtherDungeons", "warnOld",
    "sound", "talentsButton", "shareBuilds", "debug",
}

-- What an option changes at once; the others are looked at when their moment comes.
local AT_ONCE = {
    talentsButton = addon.TalentsButton.Update,
    shareBuilds = addon.TalentLoadoutsExBridge.Update,
}

local category
local wanted = false -- asked for in combat

local function AddCheckbox(key)
    local default = addon.Saved.defaults[key]
    local setting = Settings.RegisterAddOnSetting(category, "AzerothsTopTalent_" .. key, key,
        addon.db.settings, type(default), L["OPTION_" .. key], default)
    Settings.CreateCheckbox(category, setting, L["OPTION_" .. key .. "_TIP"])
    return setting
end

function Options.Register()
    if not Settings then
        return
    end
    local layout
    category, layout = Settings.RegisterVerticalLayoutCategory(L.TITLE)
    for _, key in ipairs(ORDER) do
        local setting = AddCheckbox(key)
        if AT_ONCE[key] then
            setting:SetValueChangedCallback(AT_ONCE[key])
        end
    end
    local restore = addon.Game.CreateSettingsButtonInitializer(L.RESTORE, L.RESTORE_BUTTON,
        addon.LoadoutManager.Restore, L.RESTORE_TIP, true)
    if layout and restore then
        layout:AddInitializer(restore)
    end
    Settings.RegisterAddOnCategory(category)
end

-- Settings.OpenToCategory is protected in combat: asked for there, the page opens afterwards.
function Options.Open()
    if addon.Game.InCombatLockdown() then
        wanted = true
        addon.Print(L.OPTIONS_IN_COMBAT)
    elseif category then
        Settings.OpenToCategory(category:GetID())
    else
        addon.Print(L.HELP)
    end
end

addon.On("PLAYER_REGEN_ENABLED", function()
    if wanted then
        wanted = false
        Options.Open()
    end
end)
