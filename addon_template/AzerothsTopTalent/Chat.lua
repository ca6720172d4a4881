-- What the addon says in the chat.
local _, addon = ...

function addon.Print(text)
    print("|cff4fc3f7" .. addon.L.TITLE .. ":|r " .. text)
end

-- For the debug option only; takes the addon's own values, never the game's.
function addon.Debug(...)
    if not addon.db.settings.debug then
        return
    end
    local words = {}
    for index = 1, select("#", ...) do
        words[index] = tostring((select(index, ...)))
    end
    addon.Print("|cff999999" .. table.concat(words, " ") .. "|r")
end
