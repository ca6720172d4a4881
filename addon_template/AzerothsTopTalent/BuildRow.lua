-- A row of the builds window: a header, or a build with its hero tree, what it changes and how many
-- play it. The game's scroll box makes as many rows as fit and uses them again for others.
local _, addon = ...

local BuildsModel = addon.BuildsModel

local BuildRow = { WIDTH = 400, HEIGHT = 20 }
addon.BuildRow = BuildRow

local CHANGES_WIDTH, FIGURES_WIDTH, GAP = 140, 54, 6
local SELECTED = { 1, 0.82, 0, 0.22 }
local INDENT, OTHER_INDENT = 10, 24
local NAME_HERO = "%s |cff808080%s|r"

local function NewText(row, font, justify)
    local text = row:CreateFontString(nil, "ARTWORK", font)
    text:SetJustifyH(justify)
    text:SetWordWrap(false)
    return text
end

local function Create(row, onClick)
    row.marked = row:CreateTexture(nil, "BACKGROUND")
    row.marked:SetAllPoints()
    row.marked:SetColorTexture(unpack(SELECTED))
    row:SetHighlightTexture("Interface\\QuestFrame\\UI-QuestTitleHighlight", "ADD")
    row.figures = NewText(row, "GameFontDisableSmall", "RIGHT")
    row.figures:SetPoint("RIGHT", -4, 0)
    row.figures:SetWidth(FIGURES_WIDTH)
    row.changes = NewText(row, "GameFontHighlightSmall", "RIGHT")
    row.changes:SetPoint("RIGHT", row.figures, "LEFT", -GAP, 0)
    row.changes:SetWidth(CHANGES_WIDTH)
    row.name = NewText(row, "GameFontNormalSmall", "LEFT")
    row.header = NewText(row, "GameFontHighlight", "LEFT")
    row.header:SetPoint("LEFT", 4, 0)
    row.header:SetWidth(BuildRow.WIDTH - 8)
    row:SetScript("OnClick", function()
        onClick(row.index)
    end)
end

---@param data BuildRow
local function FillBuild(row, data)
    local columns = BuildsModel.Columns(data)
    local left = data.isOther and OTHER_INDENT or INDENT
    row.name:ClearAllPoints()
    row.name:SetPoint("LEFT", left, 0)
    row.name:SetWidth(BuildRow.WIDTH - FIGURES_WIDTH - CHANGES_WIDTH - left - 2 * GAP)
    row.name:SetText(columns.hero and NAME_HERO:format(columns.name, columns.hero) or columns.name)
    row.changes:SetText(columns.changes)
    row.figures:SetText(columns.figures or "")
end

---@param data BuildRow
---@param onClick fun(index: integer)
function BuildRow.Fill(row, data, onClick)
    if not row.header then
        Create(row, onClick)
    end
    local _, selected = BuildsModel.Selected()
    local isBuild = data.kind == "build"
    row.index = data.index
    row.marked:SetShown(data.index == selected)
    row.header:SetShown(not isBuild)
    row.name:SetShown(isBuild)
    row.changes:SetShown(isBuild)
    row.figures:SetShown(isBuild)
    row:SetEnabled(isBuild)
    if isBuild then
        FillBuild(row, data)
    else
        row.header:SetText(data.text)
    end
end
