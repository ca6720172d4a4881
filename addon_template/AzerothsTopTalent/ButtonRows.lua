-- Buttons of a window in rows, centred, each as wide as its text needs.
local _, addon = ...

local ButtonRows = {}
addon.ButtonRows = ButtonRows

local GAP, BUTTON_HEIGHT, BUTTON_PADDING, BUTTON_MIN = 8, 24, 28, 100

local function Rows(buttons, width)
    local rows, used = { {} }, 0
    for _, button in ipairs(buttons) do
        local needed = button:GetWidth() + GAP
        if used + needed > width + GAP and used > 0 then
            rows[#rows + 1] = {}
            used = 0
        end
        table.insert(rows[#rows], button)
        used = used + needed
    end
    return rows
end

local function Place(row, center, y)
    local total = -GAP
    for _, button in ipairs(row) do
        total = total + button:GetWidth() + GAP
    end
    local x = center - total / 2
    for _, button in ipairs(row) do
        button:ClearAllPoints()
        button:SetPoint("BOTTOMLEFT", x, y)
        x = x + button:GetWidth() + GAP
    end
end

-- A button of the window; its text is set later.
function ButtonRows.New(frame, onClick)
    local button = CreateFrame("Button", nil, frame, "UIPanelButtonTemplate")
    button:SetHeight(BUTTON_HEIGHT)
    button:SetScript("OnClick", onClick)
    return button
end

function ButtonRows.SetText(button, text)
    button:SetText(text)
    button:SetWidth(math.max(BUTTON_MIN, button:GetTextWidth() + BUTTON_PADDING))
end

-- Sets the buttons at the lower edge of a window of a width. Height of all rows.
function ButtonRows.LayOut(buttons, width, padding)
    local rows = Rows(buttons, width - 2 * padding)
    for index, row in ipairs(rows) do
        Place(row, width / 2, padding + (#rows - index) * (BUTTON_HEIGHT + GAP))
    end
    return #rows * (BUTTON_HEIGHT + GAP)
end
