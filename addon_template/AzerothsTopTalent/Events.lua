-- Game events for the features. Handlers of one event run in the order of the toc; one that fails
-- is reported by the game and does not keep the others from running.
local _, addon = ...

local handlers = {}
local frame = CreateFrame("Frame")

frame:SetScript("OnEvent", function(_, event, ...)
    for _, handler in ipairs(handlers[event]) do
        securecallfunction(handler, ...)
    end
end)

function addon.On(event, handler)
    if not handlers[event] then
        handlers[event] = {}
        frame:RegisterEvent(event)
    end
    table.insert(handlers[event], handler)
end

-- Messages inside the addon: features tell each other what happened without knowing each other.
local listeners = {}

function addon.Register(message, listener)
    listeners[message] = listeners[message] or {}
    table.insert(listeners[message], listener)
end

function addon.Fire(message, ...)
    for _, listener in ipairs(listeners[message] or {}) do
        securecallfunction(listener, ...)
    end
end
