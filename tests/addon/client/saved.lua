-- Writes saved variables as the game does and reads them back: tables, strings, numbers, booleans.
local client = ...

local function Text(value, depth)
    local kind = type(value)
    if kind == "string" then
        return ("%q"):format(value)
    elseif kind == "number" then
        return ("%.17g"):format(value)
    elseif kind == "boolean" then
        return tostring(value)
    elseif kind == "table" then
        if depth > 20 then
            error("saved variable nests too deep")
        end
        local parts = {}
        for key, inner in pairs(value) do
            local written = Text(inner, depth + 1)
            if written and (type(key) == "string" or type(key) == "number") then
                parts[#parts + 1] = "[" .. Text(key, depth + 1) .. "]=" .. written
            end
        end
        return "{" .. table.concat(parts, ",") .. "}"
    end
    return nil -- the game drops functions and userdata
end

function client.Serialize(name)
    local value = rawget(_G, name)
    return value ~= nil and Text(value, 0) or "nil"
end

function client.Deserialize(name, text)
    rawset(_G, name, assert(loadstring("return " .. text))())
end
