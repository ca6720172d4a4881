-- What the addon's own windows share: the look of the game's dialogs, a close cross, being dragged,
-- and their place, which is kept for the account.
local _, addon = ...

local Game = addon.Game

local Windows = {}
addon.Windows = Windows

---@class WindowPlace
---@field point string
---@field relativePoint string
---@field x number
---@field y number

local function SavePlace(frame)
    frame:StopMovingOrSizing()
    local point, _, relativePoint, x, y = frame:GetPoint(1)
    if point then
        addon.db[frame.placeKey] = { point = point, relativePoint = relativePoint, x = x, y = y }
    end
end

-- Puts a window where the player left it, else where it belongs.
function Windows.ApplyPlace(frame)
    local place = addon.db[frame.placeKey] or frame.defaultPlace
    frame:ClearAllPoints()
    frame:SetPoint(place.point, UIParent, place.relativePoint, place.x, place.y)
end

-- A hidden window.
---@param name string global name
---@param strata string
---@param placeKey string where the account's saved variables keep the place
---@param defaultPlace WindowPlace
---@param onClose fun() for the close cross
function Windows.New(name, strata, placeKey, defaultPlace, onClose)
    local frame = CreateFrame("Frame", name, UIParent)
    frame:Hide()
    frame.placeKey, frame.defaultPlace = placeKey, defaultPlace
    frame:SetFrameStrata(strata)
    frame:SetToplevel(true) -- a click brings it above what else is in its strata
    frame:SetClampedToScreen(true)
    frame:SetMovable(true)
    frame:EnableMouse(true)
    frame:RegisterForDrag("LeftButton")
    frame:SetScript("OnDragStart", frame.StartMoving)
    frame:SetScript("OnDragStop", SavePlace)
    frame.border = Game.CreateFrame("Frame", nil, frame, "DialogBorderTemplate")
    if frame.border then
        frame.border:SetFrameLevel(frame:GetFrameLevel()) -- its background stays behind our texts
    end
    frame.close = Game.CreateFrame("Button", nil, frame, "UIPanelCloseButton")
    if frame.close then
        frame.close:SetPoint("TOPRIGHT", -4, -4)
        frame.close:SetScript("OnClick", onClose)
    end
    Windows.ApplyPlace(frame)
    return frame
end

-- Keys. EnableKeyboard and SetPropagateKeyboardInput are protected in combat, and a window that still
-- kept keys there would take them all from the player. So the keyboard is let go before the lockdown
-- (PLAYER_REGEN_DISABLED comes before it) and taken back after it.

local listening = {}

local function TakeKeys(frame)
    frame:EnableKeyboard(true)
    frame:SetPropagateKeyboardInput(true)
end

-- Keys come to the window while it is shown, and go on to the game unless it keeps one.
---@param onKey fun(key: string): boolean true keeps the key from the game
function Windows.ListenToKeys(frame, onKey)
    table.insert(listening, frame)
    frame:SetScript("OnKeyDown", function(_, key)
        if not Game.InCombatLockdown() then
            frame:SetPropagateKeyboardInput(not onKey(key))
        end
    end)
    frame:SetScript("OnShow", function()
        if not Game.InCombatLockdown() then
            TakeKeys(frame) -- the last key that it kept is no reason to keep the next one
        end
    end)
end

-- Ctrl+C, or Cmd+C on a Mac.
function Windows.IsCopyKey(key)
    return key == "C" and (Game.IsControlKeyDown() or Game.IsMetaKeyDown()) == true
end

-- A text with the key that copies as it is called here.
function Windows.WithCopyKey(text)
    return Game.IsMacClient() and (text:gsub("%a+%+C", "Cmd+C")) or text
end

addon.On("PLAYER_REGEN_DISABLED", function()
    for _, frame in ipairs(listening) do
        frame:EnableKeyboard(false)
    end
end)

addon.On("PLAYER_REGEN_ENABLED", function()
    for _, frame in ipairs(listening) do
        TakeKeys(frame)
    end
end)

-- The action, at most once a frame: events of talents come in bursts.
function Windows.OncePerFrame(action)
    local isDue = false
    return function()
        if not isDue then
            isDue = true
            C_Timer.After(0, function()
                isDue = false
                action()
            end)
        end
    end
end
