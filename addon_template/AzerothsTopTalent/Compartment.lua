-- The addon's entry in the menu at the minimap. The toc names these functions.
local _, addon = ...

local L = addon.L

function AzerothsTopTalent_OnCompartmentClick()
    MenuUtil.CreateContextMenu(UIParent, function(_, root)
        root:CreateTitle(L.TITLE)
        root:CreateButton(L.MENU_BUILDS, function()
            addon.BuildsWindow.Open()
        end)
        root:CreateButton(L.MENU_HERE, function()
            addon.OfferQueue.OfferHere()
        end)
        if addon.FormerLoadout.Get(addon.TalentTree.SpecID()) then
            root:CreateButton(L.RESTORE_BUTTON, function()
                addon.LoadoutManager.Restore() -- an answer would tell the menu what to do next
            end)
        end
        root:CreateButton(L.MENU_OPTIONS, addon.Options.Open)
    end)
end

function AzerothsTopTalent_OnCompartmentEnter(_, button)
    local builds, specs = addon.Builds.Count()
    GameTooltip:SetOwner(button, "ANCHOR_LEFT")
    GameTooltip:SetText(L.TITLE)
    GameTooltip:AddLine(builds > 0
        and L.STATUS_BUILDS:format(builds, specs, addon.Builds.AgeText(GetServerTime()))
        or L.STATUS_NO_DATA, 1, 1, 1, true)
    GameTooltip:Show()
end

function AzerothsTopTalent_OnCompartmentLeave()
    GameTooltip:Hide()
end
