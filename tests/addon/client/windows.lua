-- More of the interface: textures, edit boxes, scroll boxes, key presses, sounds, the game's own
-- windows and what closes windows. Loaded after widgets.lua.
local client = ...

local Frame, Button, FontString = client.widgetClasses.Frame, client.widgetClasses.Button,
    client.widgetClasses.FontString
local Texture, EditBox, ScrollBox = {}, {}, {}
Texture.__index, EditBox.__index, ScrollBox.__index = Texture, EditBox, ScrollBox

client.sounds, client.panels, client.actionBars, client.keysHeld = {}, {}, {}, {}
client.abilities = {} -- spell ids that are not passive

-- Regions

local function Extend(class, methods)
    for name, method in pairs(methods) do
        class[name] = method
    end
end

local common = {
    SetSize = function(self, width, height) self.width, self.height = width, height end,
    SetAllPoints = function(self) self.points = { { "ALL" } } end,
    SetShown = function(self, shown)
        if type(shown) ~= "boolean" then
            error("SetShown needs true or false", 2)
        end
        if shown then self:Show() else self:Hide() end
    end,
}

Extend(FontString, common)
Extend(FontString, {
    SetJustifyH = function(self, justify) self.justify = justify end,
    SetTextColor = function(self, red) assert(type(red) == "number") end,
    SetWordWrap = function(self, wrap) self.wrap = wrap end,
})

-- Protected in combat. PLAYER_REGEN_DISABLED comes before the lockdown.
local function Unlocked(name)
    if client.world.combat and not client.lockdownComes then
        error(name .. " is protected in combat", 3)
    end
end

Extend(Frame, common)
Extend(Frame, {
    IsVisible = function(self) return self.shown and not client.interfaceHidden end,
    IsMouseOver = function(self) return client.mouseOver == self end,
    EnableKeyboard = function(self, enabled)
        Unlocked("EnableKeyboard")
        self.keyboard = enabled
    end,
    SetPropagateKeyboardInput = function(self, propagate)
        Unlocked("SetPropagateKeyboardInput")
        self.propagates = propagate
    end,
    GetFrameLevel = function(self) return self.level or 1 end,
    SetFrameLevel = function(self, level)
        assert(type(level) == "number")
        self.level = level
    end,
    SetToplevel = function(self, toplevel) self.toplevel = toplevel end,
    Raise = function(self) client.raised = self end,
    SetEnabled = function(self, enabled) self.disabled = not enabled end,
    CreateTexture = function()
        return setmetatable({ points = {}, scripts = {}, shown = true }, Texture)
    end,
})
for _, class in ipairs({ Button, EditBox, ScrollBox }) do
    for name, method in pairs(Frame) do
        if name ~= "__index" and class[name] == nil then
            class[name] = method
        end
    end
end
for name, method in pairs(FontString) do
    if name ~= "__index" then
        Texture[name] = method
    end
end
Extend(Texture, {
    SetTexture = function(self, file) self.file, self.atlas = assert(file), nil end,
    SetAtlas = function(self, atlas) self.atlas, self.file = assert(atlas), nil end,
    SetColorTexture = function(self, red) assert(type(red) == "number") end,
})

Button.SetHighlightTexture = function(self, file) self.highlight = file end
function Button:Click()
    if not self.disabled then
        self:Run("OnClick", "LeftButton", false)
    end
end

Extend(EditBox, {
    SetText = function(self, text)
        self.text = text
        self:Run("OnTextChanged", false)
    end,
    GetText = function(self) return self.text or "" end,
    SetAutoFocus = function() end,
    SetCursorPosition = function() end,
    HighlightText = function(self) self.marked = self.text end,
    SetFocus = function(self) client.focused = self end,
    ClearFocus = function(self)
        if client.focused == self then
            client.focused = nil
        end
    end,
})

-- What the player types into the field that has the focus: it takes the place of what is marked.
function client.Type(text)
    local box = client.focused
    box.text = box.marked == box.text and text or box.text .. text
    box.marked = nil
    box:Run("OnTextChanged", true)
end

-- Scroll boxes: as many rows as fit, used again when scrolled.
local VISIBLE_ROWS = 18

function ScrollBox:FillRows()
    for place = 1, VISIBLE_ROWS do
        local data = self.data and self.data[self.offset + place]
        if data then
            self.rows[place] = self.rows[place] or CreateFrame(self.view.kind, nil, self)
            self.rows[place].data = data
            self.rows[place]:Show()
            client.SafeCall(self.view.initializer, self.rows[place], data)
        elseif self.rows[place] then
            self.rows[place]:Hide()
        end
    end
end

function ScrollBox:SetDataProvider(provider, retain)
    assert(retain == ScrollBoxConstants.RetainScrollPosition)
    self.data = provider.list
    self.offset = math.max(0, math.min(self.offset, #self.data - VISIBLE_ROWS))
    self:FillRows()
end

function ScrollBox:ScrollToElementDataIndex(index, alignment)
    assert(alignment == ScrollBoxConstants.AlignNearest and self.data[index])
    local offset = math.max(math.min(self.offset, index - 1), index - VISIBLE_ROWS)
    if offset ~= self.offset then
        self.offset = offset
        self:FillRows()
    end
end

client.Define("ScrollBoxConstants", { RetainScrollPosition = true, AlignNearest = -1 })
client.Define("CreateDataProvider", function(list) return { list = list } end)
client.Define("CreateScrollBoxListLinearView", function()
    return {
        SetElementExtent = function(self, extent) self.extent = extent end,
        SetElementInitializer = function(self, kind, initializer)
            self.kind, self.initializer = kind, initializer
        end,
    }
end)
client.Define("ScrollUtil", { InitScrollBoxListWithScrollBar = function(box, bar, view)
    assert(box.template == "WowScrollBoxList" and bar.template == "MinimalScrollBar" and view.extent)
    box.view, box.rows, box.offset = view, {}, 0
end })

client.templates.UIPanelCloseButton = true
client.templates.InputBoxTemplate = true
client.templates.MinimalScrollBar = true
client.templates.WowScrollBoxList = true
client.frameKinds.EditBox = EditBox
client.frameKinds.EventFrame = Frame
client.templateClasses.WowScrollBoxList = ScrollBox

-- Keys go to the field that has the focus, else to the windows that listen, else to the game.

local function ToWindows(key)
    for index = #client.frames, 1, -1 do
        local frame = client.frames[index]
        if frame.keyboard and frame.shown and frame.scripts.OnKeyDown then
            frame:Run("OnKeyDown", key)
            if not frame.propagates then
                return true
            end
        end
    end
    return false
end

local function ToField(box, key)
    box:Run("OnKeyDown", key)
    if key == "C" and client.keysHeld.CTRL and box.marked then
        client.clipboard = box.marked
    elseif key == "ESCAPE" then
        box:Run("OnEscapePressed")
    end
    return true
end

-- True if the key did not reach the game.
function client.Press(key, control)
    client.keysHeld.CTRL = control
    local taken
    if client.focused then
        taken = ToField(client.focused, key)
    else
        taken = ToWindows(key)
    end
    client.keysHeld.CTRL = nil
    if not taken and key == "ESCAPE" then
        client.panels = {}
        client.CloseSpecialWindows()
    end
    return taken
end

-- The Escape key.
function client.Escape()
    client.Press("ESCAPE")
end

client.Define("IsControlKeyDown", function() return client.keysHeld.CTRL == true and not client.isMac end)
client.Define("IsMetaKeyDown", function() return client.keysHeld.CTRL == true and client.isMac == true end)
client.Define("IsMacClient", function() return client.isMac == true end)

-- The moments at which the game closes windows (CloseSpecialWindows).
local MOMENTS = {
    loading = function() client.Fire("PLAYER_ENTERING_WORLD", false, false) end,
    control = function() client.Fire("PLAYER_CONTROL_LOST") end,
    death = function() client.Fire("PLAYER_DEAD") end,
    panel = function() client.panels.center = CreateFrame("Frame") end,
    shop = function() end,
}

function client.CloseWindowsAt(moment)
    MOMENTS[moment]()
    client.CloseSpecialWindows()
end

-- A click somewhere: on a frame, or beside all of them.
function client.ClickAt(frame)
    client.mouseOver = frame
    client.Fire("GLOBAL_MOUSE_DOWN", "LeftButton")
    if frame then
        frame:Run("OnMouseDown", "LeftButton")
    end
end

client.Define("GetUIPanel", function(area) return client.panels[area] end)
client.Define("IsAnyBagOpen", function() return client.bagsOpen == true end)
client.Define("C_Sound", { PlaySound = function(sound)
    assert(type(sound) == "number")
    table.insert(client.sounds, sound)
    return true, 1
end })

-- The talents window of talents_window.lua as a frame: its addon is loaded when it is opened for the
-- first time, and callbacks tell of it.
client.loadedAddons = {}
client.Define("C_AddOns", { IsAddOnLoaded = function(name)
    return client.loadedAddons[name] == true, client.loadedAddons[name] == true
end })

local Open, Close = client.window.Open, client.window.Close

function client.window.OnLoad()
    client.loadedAddons.Blizzard_PlayerSpells = true
    client.Define("PlayerSpellsFrame", CreateFrame("Frame"))
    PlayerSpellsFrame.TalentsFrame = { LoadSystem = { GetSelectionID = function()
        return client.window.selection
    end } }
    client.Fire("ADDON_LOADED", "Blizzard_PlayerSpells")
end

function client.window.Open()
    Open()
    client.panels.center = PlayerSpellsFrame
    client.TriggerCallback("PlayerSpellsFrame.TalentTab.Show")
end

function client.window.Close()
    Close()
    client.panels.center = nil
    client.TriggerCallback("PlayerSpellsFrame.TalentTab.Hide")
    client.TriggerCallback("PlayerSpellsFrame.CloseFrame")
end

-- Action bars
client.Define("C_ActionBar", { FindSpellActionButtons = function(spellID)
    assert(type(spellID) == "number")
    return client.actionBars[spellID] and { client.actionBars[spellID] } or nil
end })

function GameTooltip:SetSpellByID(spellID)
    assert(type(spellID) == "number")
    self.spellID = spellID
end

-- Texts as the game draws them: plurals are chosen by the number before them.
function client.Rendered(text)
    return (text:gsub("(%d+)([^%d|]*)|4([^:;]+):([^;]+);", function(number, between, one, many)
        return number .. between .. (tonumber(number) == 1 and one or many:match("[^:]+$"))
    end))
end

function client.ForgetWindows()
    client.mouseOver, client.focused, client.raised, client.interfaceHidden = nil, nil, nil, nil
    client.panels, client.bagsOpen = {}, nil
    client.loadedAddons = {}
    client.Define("PlayerSpellsFrame", nil)
end
