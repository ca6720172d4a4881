-- The words of an offer. No frames in here.
local _, addon = ...

local Builds = addon.Builds
local L = addon.L

local PromptText = {}
addon.PromptText = PromptText

local OLD_AFTER = 14 * 86400 -- seconds

local function CanCount(record)
    return type(record.count) == "number" and type(record.sampleSize) == "number"
        and type(record.popularity) == "number"
end

-- "17 of 160 top players (10.6%), San'layn"
local function Figures(offer, record)
    local text = CanCount(record)
        and L.FIGURES:format(record.count, record.sampleSize, record.popularity) or nil
    local hero = offer.hero[record]
    if text and hero then
        return L.FIGURES_HERO:format(text, hero)
    end
    return text or hero
end

-- Why this boss or dungeon, in words, with how sure that is.
function PromptText.Reason(found, now)
    if not found then
        return nil
    end
    local text = L["REASON_" .. found.reason]
    if found.reason == "WIPE" then
        local pull = found.pull
        local minutes = pull and math.floor(math.max(0, now - pull.time) / 60) or 0
        text = minutes > 0 and L.REASON_WIPE_AGO:format(minutes) or text
    end
    local sure = found.confidence and L["CONFIDENCE_" .. found.confidence]
    return sure and sure:format(text) or text
end

function PromptText.IsOld(now)
    local age = Builds.Age(now)
    return age ~= nil and age > OLD_AFTER
end

-- A sentence about the age of the data: a warning when they are old and the player wants it.
function PromptText.Age(now)
    if PromptText.IsOld(now) and addon.db.settings.warnOld then
        return L.DATA_OLD:format(Builds.AgeText(now))
    end
    return L.DATA_AGE:format(Builds.AgeText(now))
end

local function ContentName(content)
    return content == "raid" and L.RAID_BUILD or L.MPLUS_BUILD
end

-- What a build is called after it was applied.
function PromptText.Label(offer, record)
    if offer.choices then
        return ContentName(record == offer.choices.raid and "raid" or "mythicplus")
    end
    return offer.name or ContentName(offer.content or offer.kind)
end

local function Tail(lines, now)
    lines[#lines + 1] = PromptText.Age(now)
    if addon.TalentDataSample then
        lines[#lines + 1] = L.STATUS_SAMPLE
    end
    return lines
end

local function General(offer, now)
    local lines, buttons = { L.ASK_GENERAL }, {}
    for _, content in ipairs({ "raid", "mythicplus" }) do
        local record = offer.choices[content]
        if record then
            local figures = Figures(offer, record)
            lines[#lines + 1] = figures and L.CHOICE:format(ContentName(content), figures) or nil
            buttons[#buttons + 1] = { answer = content, text = ContentName(content) }
        end
    end
    buttons[#buttons + 1] = { answer = "later", text = L.KEEP_CURRENT }
    buttons[#buttons + 1] = { answer = "never", text = L.DONT_ASK }
    return { title = L.TITLE, lines = Tail(lines, now), buttons = buttons }
end

-- {title, lines, buttons = {{answer, text}, ...}}
function PromptText.For(offer, now)
    if offer.choices then
        return General(offer, now)
    end
    local found = offer.found
    local title, question = PromptText.Label(offer, offer.record), L.ASK_BOSS
    if offer.kind ~= "encounter" then
        question = found and found.id and found.name and L.ASK_GENERAL_FOR:format(found.name) or L.ASK_CONTENT
    elseif offer.content == "mythicplus" then
        question = L.ASK_DUNGEON
    end
    local lines = { question }
    lines[#lines + 1] = PromptText.Reason(found, now)
    lines[#lines + 1] = Figures(offer, offer.record)
    return {
        title = title,
        lines = Tail(lines, now),
        buttons = {
            { answer = "switch", text = L.SWITCH },
            { answer = "later", text = L.NOT_NOW },
            { answer = "never", text = L.DONT_ASK },
        },
    }
end

-- Why there is nothing to offer, for a player who asked.
function PromptText.NoOffer(why, found)
    local text = L["NONE_" .. tostring(why)] or L.NONE_NO_BUILD
    if found and found.name then
        return L.NONE_NAMED:format(found.name, text)
    end
    return text
end
