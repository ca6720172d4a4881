-- A field with an import string, marked, so that Ctrl+C copies it. Addons cannot reach the clipboard
-- themselves.
local _, addon = ...

local Windows = addon.Windows

local CopyBox = {}
addon.CopyBox = CopyBox

local Box = {}
Box.__index = Box

function Box:Close()
    self.code = nil
    self.edit:ClearFocus()
    self.frame:Hide()
end

-- Shows a code with the focus in the field and all of it marked.
function Box:Open(code)
    self.code = code
    self.frame:Show()
    self.edit:SetText(code)
    self.edit:SetCursorPosition(0)
    self.edit:HighlightText()
    self.edit:SetFocus()
end

-- The field cannot be made read-only: what is typed into it is taken back.
local function Restore(box)
    if box.code and box.edit:GetText() ~= box.code then
        box.edit:SetText(box.code)
        box.edit:HighlightText()
    end
end

-- The field closes in the next frame: the client copies after this handler.
local function OnKeyDown(box, key)
    if Windows.IsCopyKey(key) then
        C_Timer.After(0, function()
            box:Close()
            box.copied()
        end)
    end
end

-- Placed by its frame. copied() is called when the player has pressed Ctrl+C in it.
function CopyBox.New(parent, width, copied)
    local box = setmetatable({ copied = copied }, Box)
    box.frame = CreateFrame("Frame", nil, parent)
    box.frame:SetSize(width, 40)
    box.frame:Hide()
    box.hint = box.frame:CreateFontString(nil, "ARTWORK", "GameFontNormalSmall")
    box.hint:SetPoint("TOPLEFT", 2, 0)
    box.hint:SetText(Windows.WithCopyKey(addon.L.COPY_HINT))
    box.edit = CreateFrame("EditBox", nil, box.frame, "InputBoxTemplate")
    box.edit:SetPoint("BOTTOMLEFT", 6, 0)
    box.edit:SetSize(width - 6, 22)
    box.edit:SetAutoFocus(false)
    box.edit:SetScript("OnEscapePressed", function() box:Close() end)
    box.edit:SetScript("OnTextChanged", function(_, byPlayer)
        if byPlayer then
            Restore(box)
        end
    end)
    box.edit:SetScript("OnMouseUp", function() box.edit:HighlightText() end)
    box.edit:SetScript("OnKeyDown", function(_, key) OnKeyDown(box, key) end)
    return box
end
