-- A row of talents as the game's icons, each with its tooltip. Wraps into lines; frames are reused.
local _, addon = ...

local IconStrip = {}
addon.IconStrip = IconStrip

local Strip = {}
Strip.__index = Strip

local ICON, GAP, LABEL_WIDTH = 24, 3, 84
local MAX_ICONS = 22
local LOST, GAINED = { 1, 0.45, 0.4 }, { 0.45, 0.9, 0.45 } -- colours of the labels

local function ShowTooltip(icon)
    local display = icon.talent.display
    GameTooltip:SetOwner(icon, "ANCHOR_RIGHT")
    if not display.spellID or not pcall(GameTooltip.SetSpellByID, GameTooltip, display.spellID) then
        GameTooltip:SetText(display.name)
    end
    GameTooltip:Show()
end

local function HideTooltip()
    GameTooltip:Hide()
end

local function NewIcon(parent)
    local icon = CreateFrame("Button", nil, parent)
    icon:SetSize(ICON, ICON)
    icon.texture = icon:CreateTexture(nil, "ARTWORK")
    icon.texture:SetAllPoints()
    icon.ranks = icon:CreateFontString(nil, "OVERLAY", "NumberFontNormalSmall")
    icon.ranks:SetPoint("BOTTOMRIGHT", -1, 1)
    icon:SetScript("OnEnter", ShowTooltip)
    icon:SetScript("OnLeave", HideTooltip)
    return icon
end

-- An empty strip of a width; it is placed by its frame.
function IconStrip.New(parent, width)
    local strip = setmetatable({ icons = {}, width = width }, Strip)
    strip.frame = CreateFrame("Frame", nil, parent)
    strip.frame:SetWidth(width)
    strip.label = strip.frame:CreateFontString(nil, "ARTWORK", "GameFontNormalSmall")
    strip.label:SetPoint("TOPLEFT", 0, -6)
    strip.label:SetWidth(LABEL_WIDTH)
    strip.label:SetJustifyH("LEFT")
    strip.more = strip.frame:CreateFontString(nil, "ARTWORK", "GameFontNormalSmall")
    return strip
end

function Strip:Place(region, index)
    local columns = math.floor((self.width - LABEL_WIDTH + GAP) / (ICON + GAP))
    local column, line = (index - 1) % columns, math.floor((index - 1) / columns)
    region:ClearAllPoints()
    region:SetPoint("TOPLEFT", LABEL_WIDTH + column * (ICON + GAP), -line * (ICON + GAP))
    return line + 1
end

function Strip:ShowTalent(index, talent)
    local icon = self.icons[index] or NewIcon(self.frame)
    self.icons[index] = icon
    icon.talent = talent
    if talent.display.atlas then
        icon.texture:SetAtlas(talent.display.atlas)
    else
        icon.texture:SetTexture(talent.display.icon)
    end
    icon.ranks:SetText(talent.ranks > 1 and tostring(talent.ranks) or "")
    icon:Show()
    return self:Place(icon, index)
end

-- Shows the talents behind a label; lost ones and gained ones differ in colour and in the label's
-- sign. Height, 0 if there is nothing to show.
---@param talents ShownTalent[]
---@param gained boolean
function Strip:Show(label, talents, gained)
    local shown, lines = math.min(#talents, MAX_ICONS), 0
    for index = 1, shown do
        lines = self:ShowTalent(index, talents[index])
    end
    for index = shown + 1, #self.icons do
        self.icons[index]:Hide()
    end
    self.more:SetText(#talents > shown and ("+%d"):format(#talents - shown) or "")
    if #talents > shown then
        lines = self:Place(self.more, shown + 1)
    end
    self.label:SetText((gained and "+ " or "- ") .. label)
    self.label:SetTextColor(unpack(gained and GAINED or LOST))
    local height = lines * (ICON + GAP)
    self.frame:SetHeight(math.max(1, height))
    self.frame:SetShown(lines > 0)
    return height
end
