-- The right half of the builds window: one build, what it would change, and what can be done with it.
local _, addon = ...

local BuildText, BuildsModel, CopyBox, IconStrip =
    addon.BuildText, addon.BuildsModel, addon.CopyBox, addon.IconStrip
local L = addon.L

local BuildDetails = {}
addon.BuildDetails = BuildDetails

local GAP, BUTTON_HEIGHT, BUTTON_WIDTH = 8, 24, 110

local Details = {}
Details.__index = Details

local function NewText(frame, font, width, above)
    local text = frame:CreateFontString(nil, "ARTWORK", font)
    text:SetWidth(width)
    text:SetJustifyH("LEFT")
    if above then
        text:SetPoint("TOPLEFT", above, "BOTTOMLEFT", 0, -GAP)
    else
        text:SetPoint("TOPLEFT")
    end
    return text
end

local function NewButton(frame, text, x, action)
    local button = CreateFrame("Button", nil, frame, "UIPanelButtonTemplate")
    button:SetSize(BUTTON_WIDTH, BUTTON_HEIGHT)
    button:SetPoint("BOTTOMLEFT", x, 0)
    button:SetText(text)
    button:SetWidth(math.max(BUTTON_WIDTH, button:GetTextWidth() + 28))
    button:SetScript("OnClick", action)
    return button
end

-- Applies the selected build to the slot of the addon, as the prompt does.
function BuildDetails.Apply()
    local row = BuildsModel.Selected()
    if row then
        addon.LoadoutManager.Apply({ code = row.record.talentCode, label = row.name })
    end
end

function Details:Copy()
    local row = BuildsModel.Selected()
    if row then
        self.copyBox:Open(row.record.talentCode)
    end
end

function BuildDetails.New(parent, width)
    local details = setmetatable({}, Details)
    local frame = CreateFrame("Frame", nil, parent)
    details.frame = frame
    details.title = NewText(frame, "GameFontNormalLarge", width)
    details.figures = NewText(frame, "GameFontHighlightSmall", width, details.title)
    details.heading = NewText(frame, "GameFontNormal", width, details.figures)
    details.heading:SetText(L.WHAT_CHANGES)
    details.changes = NewText(frame, "GameFontHighlightSmall", width, details.heading)
    details.changes:SetSpacing(3)
    details.lost = IconStrip.New(frame, width)
    details.lost.frame:SetPoint("TOPLEFT", details.changes, "BOTTOMLEFT", 0, -GAP)
    details.gained = IconStrip.New(frame, width)
    details.apply = NewButton(frame, L.APPLY, 0, BuildDetails.Apply)
    details.copy = NewButton(frame, L.COPY, details.apply:GetWidth() + GAP, function() details:Copy() end)
    details.copyBox = CopyBox.New(frame, width, function()
        addon.Print(L.COPIED)
    end)
    details.copyBox.frame:SetPoint("BOTTOMLEFT", 0, BUTTON_HEIGHT + GAP)
    return details
end

-- Figures, hero tree, source and age, each a line.
local function Lines(row, now)
    local lines = {}
    lines[#lines + 1] = BuildsModel.HeroName(row.record)
    lines[#lines + 1] = BuildText.Figures(row.record)
    lines[#lines + 1] = BuildText.Undecided(row.record)
    if row.covers then
        lines[#lines + 1] = L.RAID_NIGHT_FOR:format(row.covers)
    end
    if row.record.generalFits == true then
        lines[#lines + 1] = L.GENERAL_FITS
    end
    for _, line in ipairs(BuildText.Origin(row.record, now)) do
        lines[#lines + 1] = line
    end
    return lines
end

-- Shows the selected build.
function Details:Show()
    local row = BuildsModel.Selected()
    self.frame:SetShown(row ~= nil)
    if not row then
        return
    end
    local changes = BuildsModel.Changes()
    self.title:SetText(row.name)
    self.figures:SetText(table.concat(Lines(row, GetServerTime()), "\n"))
    self.changes:SetText(changes and table.concat(BuildText.Changes(changes), "\n") or L.NONE_MISFIT)
    local height = self.lost:Show(L.LOST, changes and changes.lost or {}, false)
    self.gained.frame:SetPoint("TOPLEFT", self.changes, "BOTTOMLEFT", 0, -GAP - height)
    self.gained:Show(L.GAINED, changes and changes.gained or {}, true)
    self.apply:SetEnabled(changes ~= nil)
    if self.copyBox.code ~= row.record.talentCode then
        self.copyBox:Close()
    end
end
