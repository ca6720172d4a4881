-- Wiring only.
local addonName, addon = ...

addon.On("ADDON_LOADED", function(name)
    if name == addonName then
        addon.Saved.Load()
        addon.Options.Register()
    end
end)

addon.On("PLAYER_LOGIN", function()
    local now = GetServerTime()
    if addon.db.settings.enabled and addon.db.settings.warnOld and addon.BuildText.IsOld(now) then
        addon.Print(addon.L.DATA_OLD:format(addon.Builds.AgeText(now)))
    end
end)
