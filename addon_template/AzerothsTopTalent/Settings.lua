-- The addon's page in the game's own settings.
local _, addon = ...

local L = addon.L

local Options = {}
addon.Options = Options

local ORDER = {
    "enabled", "autoApply", "onLogin", "onReadyCheck", "onDungeon", "onOtherDungeons", "warnOld",
    "sound", "talentsButton", "shareBuilds", "debug",
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
        if key == "shareBuilds" then
            setting:SetValueChangedCallback(addon.TalentLoadoutsExBridge.Update)
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
