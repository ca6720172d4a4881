-- The prompt: an own movable window in the look of the game's dialogs. It shows one offer. Only its
-- buttons, its close cross and Escape meant for it are answers; whatever else hides it, it comes back.
local _, addon = ...

local Call, Game = addon.Call, addon.Game
local ButtonRows, IconStrip = addon.ButtonRows, addon.IconStrip
local TalentTree, Windows = addon.TalentTree, addon.Windows
local L = addon.L

local PromptUI = {}
addon.PromptUI = PromptUI

-- Not in UISpecialFrames: the game hides what is listed there at loading screens, loss of control,
-- death and whenever another large window opens (CloseSpecialWindows), not only on Escape.
local FRAME_NAME = "AzerothsTopTalentPrompt"
local TIME_OUT = 30 -- seconds on the screen without the mouse over it
local COME_BACK = 0.5 -- seconds after something hid it
local SOUND = 18019 -- SOUNDKIT.UI_BNET_TOAST
local WIDTH, PADDING, GAP = 430, 22, 8
-- Right of the game's popups (StaticPopup1: TOP -135, up to 420 wide, the others below it), left of
-- the objectives on a screen of 16:9.
local DEFAULT_PLACE = { point = "TOP", relativePoint = "TOP", x = 440, y = -190 }
local PANEL_AREAS = { "left", "center", "right", "doublewide", "fullscreen" } -- of GetUIPanel

local frame
local current -- the offer on the screen
local secondsLeft
local isClicked = false -- since the offer came

local function Answer(answer)
    local offer = current
    if offer then
        PromptUI.Close()
        addon.OfferQueue.Answer(offer, answer)
    end
end

local function AnswerLater()
    Answer("later")
end

-- The others that may be meant, one click away.
local function ShowMenu(owner)
    local offer = current
    MenuUtil.CreateContextMenu(owner, function(_, root)
        root:CreateTitle(L.OTHER_BOSS)
        for _, encounterID in ipairs(offer.found.others) do
            root:CreateButton(addon.Encounters.Name(encounterID) or tostring(encounterID), function()
                addon.OfferQueue.OfferHere(encounterID)
            end)
        end
    end)
end

local function OnButtonClick(button)
    if button.answer then
        Answer(button.answer)
    else
        ShowMenu(button)
    end
end

local function IsShown(window)
    return type(window) == "table" and type(window.IsShown) == "function" and Call(window.IsShown, window)
end

-- True while a window is open that the game would close on Escape.
local function IsOtherWindowOpen()
    for _, name in ipairs(UISpecialFrames or {}) do
        if IsShown(rawget(_G, name)) then
            return true
        end
    end
    for _, area in ipairs(PANEL_AREAS) do
        if Game.GetUIPanel(area) then
            return true
        end
    end
    return Game.IsAnyBagOpen() == true
end

-- Escape is meant for the prompt if the mouse is on it, if it was clicked, or if there is nothing
-- else to close.
local function OnKey(key)
    if key ~= "ESCAPE" or not (isClicked or frame:IsMouseOver() or not IsOtherWindowOpen()) then
        return false
    end
    AnswerLater()
    return true
end

-- Something other than an answer hid it. With the whole interface hidden (Alt-Z, a cinematic) the
-- frame itself is still shown.
local function OnHide()
    local offer = current
    if offer and not frame:IsShown() then
        C_Timer.After(COME_BACK, function()
            if current == offer then
                frame:Show()
            end
        end)
    end
end

local function Create()
    frame = Windows.New(FRAME_NAME, "DIALOG", "place", DEFAULT_PLACE, AnswerLater)
    frame:SetWidth(WIDTH)
    frame:SetScript("OnMouseDown", function()
        isClicked = true
        frame:Raise()
    end)
    frame:SetScript("OnHide", OnHide)
    Windows.ListenToKeys(frame, OnKey)
    frame.title = frame:CreateFontString(nil, "ARTWORK", "GameFontNormalLarge")
    frame.title:SetPoint("TOP", 0, -PADDING)
    frame.title:SetWidth(WIDTH - 4 * PADDING)
    frame.text = frame:CreateFontString(nil, "ARTWORK", "GameFontHighlight")
    frame.text:SetPoint("TOP", frame.title, "BOTTOM", 0, -GAP)
    frame.text:SetWidth(WIDTH - 2 * PADDING)
    frame.text:SetSpacing(3)
    frame.buttons, frame.strips = {}, {}
end

local function FillButtons(view)
    local shown = {}
    for index, spec in ipairs(view.buttons) do
        local button = frame.buttons[index] or ButtonRows.New(frame, OnButtonClick)
        frame.buttons[index] = button
        button.answer = spec.answer
        ButtonRows.SetText(button, spec.text)
        button:Show()
        shown[index] = button
    end
    for index = #shown + 1, #frame.buttons do
        frame.buttons[index]:Hide()
    end
    return ButtonRows.LayOut(shown, WIDTH, PADDING)
end

-- The talents that would change, below the text. Height.
local function FillStrips(view)
    local height = 0
    for index, spec in ipairs(view.strips) do
        local strip = frame.strips[index] or IconStrip.New(frame, WIDTH - 2 * PADDING)
        frame.strips[index] = strip
        strip.frame:SetPoint("TOPLEFT", frame.text, "BOTTOMLEFT", 0, -GAP - height)
        height = height + strip:Show(spec.label, spec.talents, spec.gained)
    end
    for index = #view.strips + 1, #frame.strips do
        frame.strips[index].frame:Hide()
    end
    return height > 0 and height + GAP or 0
end

local function Fill(offer)
    local view = addon.PromptText.For(offer, GetServerTime(), TalentTree.Read())
    if offer.found and #offer.found.others > 0 then
        table.insert(view.buttons, { text = L.OTHER_BOSS_BUTTON })
    end
    frame.title:SetText(view.title)
    frame.text:SetText(table.concat(view.lines, "\n"))
    frame:SetHeight(2 * PADDING + frame.title:GetStringHeight() + frame.text:GetStringHeight()
        + 2 * GAP + FillStrips(view) + FillButtons(view))
end

-- Counts only while a player could see it: not behind a loading screen or a cinematic, and not while
-- the mouse rests on it. A prompt whose time is up was not answered.
local function CountDown(offer)
    C_Timer.After(1, function()
        if current ~= offer then
            return
        elseif frame:IsVisible() and not frame:IsMouseOver() then
            secondsLeft = secondsLeft - 1
        end
        if secondsLeft > 0 then
            CountDown(offer)
        else
            Answer("none")
        end
    end)
end

-- Shows an offer in place of the one on the screen, if any.
---@param offer Offer
function PromptUI.Show(offer)
    if not frame then
        Create()
    end
    PromptUI.Close()
    current, secondsLeft, isClicked = offer, TIME_OUT, false
    Fill(offer)
    frame:Show()
    if addon.db.settings.sound then
        Game.Sound.PlaySound(SOUND)
    end
    CountDown(offer)
end

-- Takes the prompt off the screen without an answer. The offer that was on it.
---@return Offer?
function PromptUI.Close()
    local offer = current
    current = nil
    if frame then
        frame:Hide()
    end
    return offer
end

-- The offer on the screen, nil if there is none.
---@return Offer?
function PromptUI.Current()
    return current
end

-- Back to the place where it belongs, or to the one that the player gave it.
function PromptUI.ApplyPlace()
    if frame then
        Windows.ApplyPlace(frame)
    end
end

-- Answers by key binding or chat: the number of the button, or its answer.
function PromptUI.Choose(which)
    if not current then
        return false
    end
    local view = addon.PromptText.For(current, GetServerTime())
    for index, button in ipairs(view.buttons) do
        if which == index or which == button.answer then
            Answer(button.answer)
            return true
        end
    end
    return false
end

-- The talents changed: what the offer would change is another now.
addon.On("TRAIT_CONFIG_UPDATED", Windows.OncePerFrame(function()
    if current then
        Fill(current)
    end
end))
