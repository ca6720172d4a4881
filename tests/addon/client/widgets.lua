-- Frames, font strings, buttons, menus and the settings panel, as far as an addon can tell.
local client = ...

local frames = {}
client.frames, client.openMenu, client.settings, client.settingsByKey = frames, nil, {}, {}

local Region, Frame, Button, FontString = {}, {}, {}, {}
Frame.__index, Button.__index, FontString.__index = Frame, Button, FontString

local function Inherit(class, base)
    for name, method in pairs(base) do
        class[name] = class[name] or method
    end
end

function Region:SetPoint(point, relative, relativePoint, x, y)
    if type(relative) == "number" then
        relative, relativePoint, x, y = nil, point, relative, relativePoint
    end
    self.points[#self.points + 1] = { point, relative, relativePoint, x or 0, y or 0 }
end
function Region:GetPoint(index)
    local point = self.points[index or 1]
    if point then
        return unpack(point, 1, 5)
    end
end
function Region:ClearAllPoints() self.points = {} end
function Region:SetWidth(width) self.width = width end
function Region:SetHeight(height) self.height = height end
function Region:GetWidth() return self.width or 0 end
function Region:GetHeight() return self.height or 0 end
function Region:IsShown() return self.shown end
function Region:Show()
    if not self.shown then
        self.shown = true
        self:Run("OnShow")
    end
end
function Region:Hide()
    if self.shown then
        self.shown = false
        self:Run("OnHide")
    end
end
function Region:Run(script, ...)
    local handler = self.scripts[script]
    if handler then
        client.SafeCall(handler, self, ...)
    end
end

function Frame:SetScript(script, handler) self.scripts[script] = handler end
function Frame:RegisterEvent(event)
    if not client.knownEvents[event] then
        error("unknown event " .. tostring(event), 2)
    end
    self.events[event] = true
end
function Frame:SetFrameStrata(strata) self.strata = strata end
function Frame:SetClampedToScreen(clamped) self.clamped = clamped end
function Frame:SetMovable(movable) self.movable = movable end
function Frame:EnableMouse(enabled) self.mouse = enabled end
function Frame:RegisterForDrag(button) self.drag = button end
function Frame:StartMoving() self.moving = true end
function Frame:StopMovingOrSizing() self.moving = false end
function Frame:CreateFontString()
    return setmetatable({ points = {}, scripts = {}, shown = true }, FontString)
end

function FontString:SetText(text)
    if type(text) ~= "string" then
        error("SetText needs a string", 2)
    end
    self.text = text
end
function FontString:GetText() return self.text end
function FontString:SetSpacing(spacing) self.spacing = spacing end
function FontString:GetStringHeight()
    local _, breaks = (self.text or ""):gsub("\n", "")
    return 14 * (breaks + 1)
end

function Button:SetText(text) self.text = text end
function Button:GetText() return self.text end
function Button:GetTextWidth() return 7 * #(self.text or "") end
function Button:Click() self:Run("OnClick", "LeftButton", false) end

Inherit(Frame, Region)
Inherit(FontString, Region)
Inherit(Button, Frame)

local templates = { UIPanelButtonTemplate = true, DialogBorderTemplate = true }
client.templates, client.templateClasses = templates, {}
client.frameKinds = { Frame = Frame, Button = Button }
client.widgetClasses = { Frame = Frame, Button = Button, FontString = FontString }

client.Define("CreateFrame", function(kind, name, parent, template)
    if not client.frameKinds[kind] then
        error("unknown frame type " .. tostring(kind), 2)
    elseif template and not templates[template] then
        error("unknown template " .. tostring(template), 2)
    end
    local frame = setmetatable({ kind = kind, name = name, parent = parent, template = template,
        points = {}, scripts = {}, events = {}, shown = true },
        client.templateClasses[template] or client.frameKinds[kind])
    frames[#frames + 1] = frame
    if name then
        _G[name] = frame
    end
    return frame
end)

client.Define("UIParent", setmetatable({ points = {}, scripts = {}, events = {}, shown = true }, Frame))

local CLOSES_WINDOWS = { PLAYER_ENTERING_WORLD = true, PLAYER_CONTROL_LOST = true, PLAYER_DEAD = true }

function client.Fire(event, ...)
    if not client.knownEvents[event] then
        error("unknown event " .. tostring(event))
    end
    if not client.windowHearsLast then
        client.SafeCall(client.window.OnEvent, event, ...)
    end
    for _, frame in ipairs(frames) do
        if frame.events[event] then
            frame:Run("OnEvent", event, ...)
        end
    end
    if client.windowHearsLast then
        client.SafeCall(client.window.OnEvent, event, ...)
    end
    if CLOSES_WINDOWS[event] then
        client.CloseSpecialWindows()
    end
end

local PROMPT = "AzerothsTopTalentPrompt"

-- All prompts that are on the screen.
function client.Prompts()
    local shown = {}
    for _, frame in ipairs(frames) do
        if frame.name == PROMPT and frame.shown then
            local buttons = {}
            for _, button in ipairs(frame.buttons) do
                if button.shown then
                    buttons[#buttons + 1] = button.text
                end
            end
            shown[#shown + 1] = { title = frame.title.text, text = client.Rendered(frame.text.text),
                buttons = buttons }
        end
    end
    return shown
end

-- Clicks a button of the prompt by its text; false if there is none.
function client.Click(text)
    for _, frame in ipairs(frames) do
        if frame.name == PROMPT and frame.shown then
            for _, button in ipairs(frame.buttons) do
                if button.shown and button.text == text then
                    button:Click()
                    return true
                end
            end
        end
    end
    return false
end

local function NewMenu()
    local menu = { items = {} }
    function menu:CreateTitle(text) self.title = text end
    function menu:CreateButton(text, action)
        self.items[#self.items + 1] = { text = text, action = action }
    end
    return menu
end

client.Define("MenuUtil", { CreateContextMenu = function(owner, generator)
    client.openMenu = NewMenu()
    client.SafeCall(generator, owner, client.openMenu)
end })

function client.Choose(text)
    for _, item in ipairs(client.openMenu and client.openMenu.items or {}) do
        if item.text == text then
            client.openMenu = nil
            if client.SafeCall(item.action) ~= nil then
                error("what a menu entry returns is an order to the menu")
            end
            return true
        end
    end
    return false
end

function client.MenuItems()
    local texts = {}
    for index, item in ipairs(client.openMenu and client.openMenu.items or {}) do
        texts[index] = item.text
    end
    return texts
end

client.Define("Settings", {
    RegisterVerticalLayoutCategory = function(name)
        local category = { name = name, GetID = function() return 77 end }
        return category, { AddInitializer = function(_, initializer)
            client.settingsButton = initializer
        end }
    end,
    RegisterAddOnSetting = function(_, variable, key, values, kind, name, default)
        assert(type(variable) == "string" and type(values) == "table" and type(default) == kind)
        assert(type(name) == "string")
        client.settings[key] = values
        client.settingsByKey[key] = { key = key,
            changed = function() end,
            SetValueChangedCallback = function(self, callback) self.changed = callback end }
        return client.settingsByKey[key]
    end,
    CreateCheckbox = function(_, setting, tip)
        assert(setting.key and type(tip) == "string")
    end,
    RegisterAddOnCategory = function() end,
    OpenToCategory = function(id) client.openedSettings = id end,
})
client.Define("CreateSettingsButtonInitializer", function(name, text, click)
    return { name = name, text = text, click = click }
end)
-- Callbacks of the default interface; a click on a link in the chat is one of its events.
local callbacks = {}
client.Define("EventRegistry", { RegisterCallback = function(_, event, callback, owner)
    assert(type(callback) == "function" and owner ~= nil)
    callbacks[event] = callbacks[event] or {}
    table.insert(callbacks[event], callback)
end })

function client.TriggerCallback(event, ...)
    for _, callback in ipairs(callbacks[event] or {}) do
        client.SafeCall(callback, "owner", ...)
    end
end

-- Clicks the link of a chat line; false if it has none.
function client.ClickLink(line)
    local link = line:match("|H(.-)|h")
    for _, callback in ipairs(link and callbacks.SetItemRef or {}) do
        client.SafeCall(callback, "owner", link, line, "LeftButton")
    end
    return link ~= nil
end

-- The interface is hidden and shown again (Alt-Z): frames keep their own flag.
function client.HideInterface()
    for _, frame in ipairs(frames) do
        if frame.shown then
            frame:Run("OnHide")
        end
    end
end

client.Define("GameTooltip", {
    lines = {},
    SetOwner = function(self) self.lines = {} end,
    SetText = function(self, text) self.lines[1] = client.Rendered(text) end,
    AddLine = function(self, text) self.lines[#self.lines + 1] = client.Rendered(text) end,
    Show = function(self) self.shown = true end,
    Hide = function(self) self.shown = false end,
})

function client.ForgetFrames()
    for index in pairs(frames) do
        frames[index] = nil
    end
    rawset(_G, "UISpecialFrames", {})
    if client.ForgetWindows then
        client.ForgetWindows()
    end
    rawset(_G, "SlashCmdList", {})
    client.openMenu = nil
    if client.window then
        client.window.Unload()
    end
    for event in pairs(callbacks) do
        callbacks[event] = nil
    end
end
client.ForgetFrames()
