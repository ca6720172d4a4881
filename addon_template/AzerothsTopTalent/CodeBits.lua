-- Bits of an import code. 64 characters stand for 6 bits each, least significant bit first, and
-- every field is written least significant bit first (ExportUtil.lua of the game).
local _, addon = ...

local CodeBits = {}
addon.CodeBits = CodeBits

local ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
local VALUE_OF = {}
for index = 1, #ALPHABET do
    VALUE_OF[ALPHABET:byte(index)] = index - 1
end

-- A reader over a code, nil if a character is not of the alphabet. Behind the end it reads zeros,
-- as the game does.
function CodeBits.Reader(code)
    local bits, count = {}, 0
    for index = 1, #code do
        local value = VALUE_OF[code:byte(index)]
        if not value then
            return nil
        end
        for _ = 1, 6 do
            count = count + 1
            bits[count] = value % 2
            value = (value - bits[count]) / 2
        end
    end
    local reader = { at = 0, count = count }
    function reader:Read(width)
        local value, weight = 0, 1
        for offset = 1, width do
            value = value + (bits[self.at + offset] or 0) * weight
            weight = weight * 2
        end
        self.at = self.at + width
        return value
    end
    -- True if all was there and nothing is set behind it. The game reads over spare characters.
    function reader:IsAtEnd()
        if self.at > count then
            return false
        end
        for index = self.at + 1, count do
            if bits[index] ~= 0 then
                return false
            end
        end
        return true
    end
    return reader
end

function CodeBits.Writer()
    local bits, count = {}, 0
    local writer = {}
    function writer.Write(value, width)
        for _ = 1, width do
            count = count + 1
            bits[count] = value % 2
            value = (value - bits[count]) / 2
        end
    end
    function writer.Text()
        local characters = {}
        for start = 1, count, 6 do
            local value, weight = 0, 1
            for offset = 0, 5 do
                value = value + (bits[start + offset] or 0) * weight
                weight = weight * 2
            end
            characters[#characters + 1] = ALPHABET:sub(value + 1, value + 1)
        end
        return table.concat(characters)
    end
    return writer
end
