-- The words of an offer. No frames in here.
local _, addon = ...

local BuildText, Changes = addon.BuildText, addon.Changes
local L = addon.L

local PromptText = {}
addon.PromptText = PromptText

-- "17 of 160 top players (10.6%), San'layn"
local function Figures(offer, record)
    local text, hero = BuildText.Figures(record), offer.hero[record]
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

-- What a build is called after it was applied.
function PromptText.Label(offer, record)
    if offer.choices then
        return BuildText.ContentName(record == offer.choices.raid and "raid" or "mythicplus")
    end
    return offer.name or BuildText.ContentName(offer.content or offer.kind)
end

local function Append(lines, more)
    for _, line in ipairs(more) do
        lines[#lines + 1] = line
    end
    return lines
end

-- What the build would change, in words and as talents.
local function AddChanges(view, tree, record, name)
    local changes = tree and Changes.ToBuild(tree, record)
    if not changes then
        return
    end
    local lines = BuildText.Changes(changes)
    Append(view.lines, name and { table.concat(lines, " ") } or lines)
    Append(view.strips, {
        { label = name or L.LOST, talents = changes.lost, gained = false },
        { label = name or L.GAINED, talents = changes.gained, gained = true },
    })
end

local function General(offer, now, tree)
    local view = { title = L.TITLE, lines = { L.ASK_GENERAL }, strips = {}, buttons = {} }
    local any
    for _, content in ipairs({ "raid", "mythicplus" }) do
        local record = offer.choices[content]
        if record then
            local name, figures = BuildText.ContentName(content), Figures(offer, record)
            any = any or record
            view.lines[#view.lines + 1] = figures and L.CHOICE:format(name, figures) or nil
            AddChanges(view, tree, record, name)
            view.buttons[#view.buttons + 1] = { answer = content, text = name }
        end
    end
    Append(view.lines, BuildText.Origin(any, now))
    Append(view.buttons, {
        { answer = "later", text = L.KEEP_CURRENT },
        { answer = "never", text = L.DONT_ASK },
    })
    return view
end

local function Question(offer)
    local found = offer.found
    if offer.kind ~= "encounter" then
        return found and found.id and found.name and L.ASK_GENERAL_FOR:format(found.name) or L.ASK_CONTENT
    end
    return offer.content == "mythicplus" and L.ASK_DUNGEON or L.ASK_BOSS
end

-- What the prompt shows of an offer; the tree is the player's talents as they are, nil if they are
-- not known right now.
---@return PromptView
function PromptText.For(offer, now, tree)
    if offer.choices then
        return General(offer, now, tree)
    end
    local record = offer.record
    local view = {
        title = PromptText.Label(offer, record),
        lines = { Question(offer) },
        strips = {},
        buttons = {
            { answer = "switch", text = L.SWITCH },
            { answer = "later", text = L.NOT_NOW },
            { answer = "never", text = L.DONT_ASK },
        },
    }
    view.lines[#view.lines + 1] = PromptText.Reason(offer.found, now)
    view.lines[#view.lines + 1] = Figures(offer, record)
    AddChanges(view, tree, record)
    Append(view.lines, BuildText.Origin(record, now))
    return view
end

-- Why there is nothing to offer, for a player who asked.
function PromptText.NoOffer(why, found)
    local text = L["NONE_" .. tostring(why)] or L.NONE_NO_BUILD
    if found and found.name then
        return L.NONE_NAMED:format(found.name, text)
    end
    return text
end
