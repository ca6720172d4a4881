-- A button at the game's talents window that opens the builds. It is a window of its own below that
-- window's lower right corner, at the height of its tabs: nothing of the game's window is written to
-- or hooked. The game tells of the window by callbacks of its EventRegistry.
local addonName, addon = ...

local Game, Readable = addon.Game, addon.Readable
local L = addon.L

local TALENTS_ADDON = "Blizzard_PlayerSpells" -- loaded when the window is opened for the first time

local TalentsButton = {}
addon.TalentsButton = TalentsButton

local button

local function Create()
    button = CreateFrame("Button", nil, UIParent, "UIPanelButtonTemplate")
    button:Hide()
    button:SetFrameStrata("HIGH")
    button:SetClampedToScreen(true)
    button:SetText(L.TALENTS_BUTTON)
    button:SetSize(button:GetTextWidth() + 32, 24)
    button:SetPoint("TOPRIGHT", PlayerSpellsFrame, "BOTTOMRIGHT", -12, 2)
    button:SetScript("OnClick", function()
        addon.BuildsWindow.Toggle()
    end)
    button:SetScript("OnEnter", function()
        GameTooltip:SetOwner(button, "ANCHOR_TOP")
        GameTooltip:SetText(L.TITLE)
        GameTooltip:AddLine(L.TALENTS_BUTTON_TIP, 1, 1, 1, true)
        GameTooltip:Show()
    end)
    button:SetScript("OnLeave", function()
        GameTooltip:Hide()
    end)
end

local function OnWindowShown()
    if addon.db.settings.talentsButton then
        if not button then
            Create()
        end
        button:Show()
    elseif button then
        button:Hide()
    end
end

local function OnWindowHidden()
    if button then
        button:Hide()
    end
end

-- The option was changed, perhaps with the window open.
function TalentsButton.Update()
    if button and not addon.db.settings.talentsButton then
        button:Hide()
    end
end

local isListening = false

local function Listen()
    if isListening or not EventRegistry or not PlayerSpellsFrame then
        return
    end
    isListening = true
    local owner = {}
    EventRegistry:RegisterCallback("PlayerSpellsFrame.TalentTab.Show", OnWindowShown, owner)
    EventRegistry:RegisterCallback("PlayerSpellsFrame.TalentTab.Hide", OnWindowHidden, owner)
    EventRegistry:RegisterCallback("PlayerSpellsFrame.CloseFrame", OnWindowHidden, owner)
end

addon.On("ADDON_LOADED", function(name)
    name = Readable(name, "string")
    -- The second name: another addon had the window loaded before this one.
    if name == TALENTS_ADDON or name == addonName and Game.AddOns.IsAddOnLoaded(TALENTS_ADDON) then
        Listen()
    end
end)
