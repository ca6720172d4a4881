-- The addon's page in the game's own settings.
local _, addon = ...

local L = addon.L

local Options = {}
addon.Options = Options

local ORDER = { "enabled", "autoApply", "onLogin", "onReadyCheck", "onDungeon", "warnOld", "debug" }

local category

local function AddCheckbox(key)
    local default = addon.Saved.defaults[key]
    local setting = Settings.RegisterAddOnSetting(category, "AzerothsTopTalent_" .. key, key,
        addon.db.settings, type(default), L["OPTION_" .. key], default)
    Settings.CreateCheckbox(category, setting, L["OPTION_" .. key .. "_TIP"])
end

function Options.Register()
    if not Settings then
        return
    end
    local layout
    category, layout = Settings.RegisterVerticalLayoutCategory(L.TITLE)
    for _, key in ipairs(ORDER) do
        AddCheckbox(key)
    end
    local restore = addon.Game.CreateSettingsButtonInitializer(L.RESTORE, L.RESTORE_BUTTON,
        addon.LoadoutManager.Restore, L.RESTORE_TIP, true)
    if layout and restore then
        layout:AddInitializer(restore)
    end
    Settings.RegisterAddOnCategory(category)
end

function Options.Open()
    if addon.Game.InCombatLockdown() then
        addon.Print(L.OPTIONS_IN_COMBAT)
    elseif category then
        Settings.OpenToCategory(category:GetID())
    else
        addon.Print(L.HELP)
    end
end
