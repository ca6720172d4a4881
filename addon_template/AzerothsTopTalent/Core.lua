-- Wiring only.
local _, addon = ...

function addon.Print(text)
    DEFAULT_CHAT_FRAME:AddMessage("|cff4fc3f7" .. addon.L.TITLE .. ":|r " .. text)
end
