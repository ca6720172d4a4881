-- The prompt: an own movable window in the look of the game's dialogs. It shows one offer, takes
-- one answer, and leaves by itself. Escape and time-out are "not now", no more.
local _, addon = ...

local L = addon.L

local PromptUI = {}
addon.PromptUI = PromptUI

local FRAME_NAME = "AzerothsTopTalentPrompt" -- the game closes windows on Escape by their name
local TIME_OUT = 30 -- seconds
local WIDTH, PADDING, GAP = 430, 22, 8
local BUTTON_HEIGHT, BUTTON_PADDING, BUTTON_MIN = 24, 28, 100

local frame
local current -- the offer on the screen

local function SavePlace()
    frame:StopMovingOrSizing()
    local point, _, relativePoint, x, y = frame:GetPoint(1)
    if point then
        addon.db.place = { point = point, relativePoint = relativePoint, x = x, y = y }
    end
end

function PromptUI.ApplyPlace()
    if not frame then
        return
    end
    local place = addon.db.place or { point = "TOP", relativePoint = "TOP", x = 0, y = -160 }
    frame:ClearAllPoints()
    frame:SetPoint(place.point, UIParent, place.relativePoint, place.x, place.y)
end

local function Answer(answer)
    local offer = current
    if offer then
        PromptUI.Close()
        addon.OfferQueue.Answer(offer, answer)
    end
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

local function NewButton()
    local button = CreateFrame("Button", nil, frame, "UIPanelButtonTemplate")
    button:SetHeight(BUTTON_HEIGHT)
    button:SetScript("OnClick", function(self)
        if self.answer then
            Answer(self.answer)
        else
            ShowMenu(self)
        end
    end)
    return button
end

local function Create()
    frame = CreateFrame("Frame", FRAME_NAME, UIParent)
    frame:Hide()
    frame:SetWidth(WIDTH)
    frame:SetFrameStrata("DIALOG")
    frame:SetClampedToScreen(true)
    frame:SetMovable(true)
    frame:EnableMouse(true)
    frame:RegisterForDrag("LeftButton")
    frame:SetScript("OnDragStart", frame.StartMoving)
    frame:SetScript("OnDragStop", SavePlace)
    frame:SetScript("OnHide", function(self)
        -- Hidden with the whole interface (Alt-Z, a cinematic) it is still shown by itself.
        if not self:IsShown() then
            Answer("later")
        end
    end)
    frame.border = addon.Game.CreateFrame("Frame", nil, frame, "DialogBorderTemplate")
    frame.title = frame:CreateFontString(nil, "ARTWORK", "GameFontNormalLarge")
    frame.title:SetPoint("TOP", 0, -PADDING)
    frame.title:SetWidth(WIDTH - 2 * PADDING)
    frame.text = frame:CreateFontString(nil, "ARTWORK", "GameFontHighlight")
    frame.text:SetPoint("TOP", frame.title, "BOTTOM", 0, -GAP)
    frame.text:SetWidth(WIDTH - 2 * PADDING)
    frame.text:SetSpacing(3)
    frame.buttons = {}
    if UISpecialFrames then
        table.insert(UISpecialFrames, FRAME_NAME)
    end
    PromptUI.ApplyPlace()
end

-- Sets the buttons in rows, centred, each as wide as its text needs. Height of all rows.
local function LayOut(buttons)
    local rows, width = { {} }, 0
    for _, button in ipairs(buttons) do
        local needed = button:GetWidth() + GAP
        if width + needed > WIDTH - 2 * PADDING + GAP and width > 0 then
            rows[#rows + 1] = {}
            width = 0
        end
        table.insert(rows[#rows], button)
        width = width + needed
    end
    for index, row in ipairs(rows) do
        local total = -GAP
        for _, button in ipairs(row) do
            total = total + button:GetWidth() + GAP
        end
        local x = (WIDTH - total) / 2
        for _, button in ipairs(row) do
            button:ClearAllPoints()
            button:SetPoint("BOTTOMLEFT", x, PADDING + (#rows - index) * (BUTTON_HEIGHT + GAP))
            x = x + button:GetWidth() + GAP
        end
    end
    return #rows * (BUTTON_HEIGHT + GAP)
end

local function FillButtons(view)
    local shown = {}
    for index, spec in ipairs(view.buttons) do
        local button = frame.buttons[index] or NewButton()
        frame.buttons[index] = button
        button.answer = spec.answer
        button:SetText(spec.text)
        button:SetWidth(math.max(BUTTON_MIN, button:GetTextWidth() + BUTTON_PADDING))
        button:Show()
        shown[index] = button
    end
    for index = #shown + 1, #frame.buttons do
        frame.buttons[index]:Hide()
    end
    return LayOut(shown)
end

-- Shows an offer in place of the one on the screen, if any.
function PromptUI.Show(offer)
    if not frame then
        Create()
    end
    PromptUI.Close()
    local view = addon.PromptText.For(offer, GetServerTime())
    if offer.found and #offer.found.others > 0 then
        table.insert(view.buttons, { text = L.OTHER_BOSS_BUTTON })
    end
    frame.title:SetText(view.title)
    frame.text:SetText(table.concat(view.lines, "\n"))
    local buttons = FillButtons(view)
    frame:SetHeight(2 * PADDING + frame.title:GetStringHeight() + frame.text:GetStringHeight()
        + 2 * GAP + buttons)
    current = offer
    frame:Show()
    C_Timer.After(TIME_OUT, function()
        if current == offer then
            Answer("none")
        end
    end)
end

-- Takes the prompt off the screen without an answer. The offer that was on it.
function PromptUI.Close()
    local offer = current
    current = nil
    if frame then
        frame:Hide()
    end
    return offer
end

-- The offer on the screen, nil if there is none.
function PromptUI.Current()
    return current
end

-- Dismissals by key binding or chat: the number of the button, or its answer.
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
