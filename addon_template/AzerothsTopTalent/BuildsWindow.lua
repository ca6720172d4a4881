-- The builds window: all builds of the spec to look through, by mouse and by keys. Made when it is
-- opened for the first time.
local _, addon = ...

local BuildDetails, BuildRow, BuildsModel = addon.BuildDetails, addon.BuildRow, addon.BuildsModel
local Builds, BuildText, Windows = addon.Builds, addon.BuildText, addon.Windows
local Game = addon.Game
local L = addon.L

local BuildsWindow = {}
addon.BuildsWindow = BuildsWindow

local FRAME_NAME = "AzerothsTopTalentBuilds" -- UISpecialFrames knows windows by their names
local DEFAULT_PLACE = { point = "CENTER", relativePoint = "CENTER", x = 0, y = 40 }
local WIDTH, HEIGHT, PADDING, HEAD, FOOT = 748, 500, 14, 62, 26
local SCROLL_BAR = 34
local PAGE = 12 -- builds

local frame
local hasFocus = false -- keys are for the window: it was opened or clicked, and nothing else since
local isWalking = false -- the selection was moved by keys: Enter applies it

local function OnRowClick(index)
    isWalking = false
    BuildsModel.Select(index)
    BuildsWindow.Show()
end

local function CreateList()
    frame.list = CreateFrame("Frame", nil, frame, "WowScrollBoxList")
    frame.list:SetPoint("TOPLEFT", PADDING, -HEAD)
    frame.list:SetPoint("BOTTOMLEFT", PADDING, FOOT + PADDING)
    frame.list:SetWidth(BuildRow.WIDTH)
    frame.bar = CreateFrame("EventFrame", nil, frame, "MinimalScrollBar")
    frame.bar:SetPoint("TOPLEFT", frame.list, "TOPRIGHT", 4, 0)
    frame.bar:SetPoint("BOTTOMLEFT", frame.list, "BOTTOMRIGHT", 4, 0)
    local view = CreateScrollBoxListLinearView()
    view:SetElementExtent(BuildRow.HEIGHT)
    view:SetElementInitializer("Button", function(row, data)
        BuildRow.Fill(row, data, OnRowClick)
    end)
    ScrollUtil.InitScrollBoxListWithScrollBar(frame.list, frame.bar, view)
end

local STEPS = { UP = -1, DOWN = 1, PAGEUP = -PAGE, PAGEDOWN = PAGE, HOME = -math.huge, END = math.huge }

-- True if the key was for the window.
local function OnKey(key)
    if not hasFocus then
        return false
    elseif STEPS[key] then
        isWalking = true
        BuildsModel.Step(STEPS[key])
        BuildsWindow.Show()
        return true
    elseif key == "ENTER" and isWalking then
        BuildDetails.Apply()
        return true
    elseif Windows.IsCopyKey(key) then
        frame.details:Copy()
        return true
    end
    return false
end

local function NewText(font)
    return frame:CreateFontString(nil, "ARTWORK", font)
end

local function CreateTexts()
    frame.title = NewText("GameFontNormalLarge")
    frame.title:SetPoint("TOPLEFT", PADDING, -PADDING)
    frame.origin = NewText("GameFontHighlightSmall")
    frame.origin:SetPoint("TOPLEFT", frame.title, "BOTTOMLEFT", 0, -6)
    frame.empty = NewText("GameFontHighlight")
    frame.empty:SetPoint("CENTER")
    frame.empty:SetWidth(WIDTH - 8 * PADDING)
    frame.players = NewText("GameFontDisableSmall")
    frame.players:SetPoint("BOTTOMRIGHT", frame, "TOPLEFT", PADDING + BuildRow.WIDTH - 4, 4 - HEAD)
    frame.players:SetText(L.COLUMN_PLAYERS)
    frame.keysHint = NewText("GameFontDisableSmall")
    frame.keysHint:SetPoint("BOTTOMLEFT", PADDING, PADDING)
    frame.keysHint:SetText(Windows.WithCopyKey(L.BUILDS_KEYS))
end

local function Create()
    frame = Windows.New(FRAME_NAME, "HIGH", "buildsPlace", DEFAULT_PLACE, BuildsWindow.Close)
    frame:SetSize(WIDTH, HEIGHT)
    Windows.ListenToKeys(frame, OnKey)
    CreateTexts()
    CreateList()
    local left = PADDING + BuildRow.WIDTH + SCROLL_BAR
    frame.details = BuildDetails.New(frame, WIDTH - left - PADDING)
    frame.details.frame:SetPoint("TOPLEFT", left, -HEAD)
    frame.details.frame:SetPoint("BOTTOMRIGHT", -PADDING, FOOT + PADDING)
    table.insert(UISpecialFrames or {}, FRAME_NAME) -- closes on Escape
end

-- Puts the rows into the list; the selected one is scrolled into sight.
local function FillList()
    local rows = BuildsModel.Rows()
    for index, row in ipairs(rows) do
        row.index = index
    end
    frame.list:SetDataProvider(CreateDataProvider(rows), ScrollBoxConstants.RetainScrollPosition)
    local _, selected = BuildsModel.Selected()
    if selected then
        frame.list:ScrollToElementDataIndex(selected, ScrollBoxConstants.AlignNearest)
    end
end

local function EmptyText()
    if #BuildsModel.Rows() > 0 then
        return ""
    end
    return Builds.Count() == 0 and L.STATUS_NO_DATA or L.BUILDS_NONE
end

-- Shows the model as it is.
function BuildsWindow.Show()
    local specID = BuildsModel.SpecID()
    local spec = specID and Game.GetSpecializationNameForSpecID(specID)
    frame.title:SetText(spec and L.CHOICE:format(L.TITLE, spec) or L.TITLE)
    frame.origin:SetText(table.concat(BuildText.Origin(nil, GetServerTime()), " "))
    frame.empty:SetText(EmptyText())
    frame.details:Show()
    FillList()
end

function BuildsWindow.IsOpen()
    return frame ~= nil and frame:IsShown()
end

function BuildsWindow.Open()
    if not frame then
        Create()
    end
    hasFocus, isWalking = true, false
    BuildsModel.Refresh()
    frame:Show() -- before its list is filled: a scroll box counts its rows by its height
    BuildsWindow.Show()
end

function BuildsWindow.Close()
    if frame then
        frame:Hide()
    end
end

function BuildsWindow.Toggle()
    if BuildsWindow.IsOpen() then
        BuildsWindow.Close()
    else
        BuildsWindow.Open()
    end
end

function BuildsWindow.ResetPlace()
    addon.db.buildsPlace = nil
    if frame then
        Windows.ApplyPlace(frame)
    end
end

-- Arrow keys walk in the world unless the window was the last thing that was clicked.
addon.On("GLOBAL_MOUSE_DOWN", function()
    if BuildsWindow.IsOpen() then
        hasFocus = frame:IsMouseOver() == true
        isWalking = isWalking and hasFocus
    end
end)

-- The talents or the spec changed.
local Refresh = Windows.OncePerFrame(function()
    if BuildsWindow.IsOpen() then
        BuildsModel.Refresh()
        BuildsWindow.Show()
    end
end)

for _, event in ipairs({ "TRAIT_CONFIG_UPDATED", "ACTIVE_PLAYER_SPECIALIZATION_CHANGED" }) do
    addon.On(event, Refresh)
end
