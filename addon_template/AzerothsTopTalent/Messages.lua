-- What became of a change of talents, or is wrong with a build, in one sentence in the chat.
local _, addon = ...

local L = addon.L

local Messages = {}
addon.Messages = Messages

-- The sentence of a reason; the details fill it. Where the game gave its own words, they follow.
function Messages.Sentence(reason, detail, more)
    if reason == "BLOCKED_GAME" then
        return detail and L.BLOCKED_GAME_WORDS:format(detail) or L.BLOCKED_GAME
    elseif reason == "FAILED_UNSPENT" and more then
        return L.BLOCKED_GAME_WORDS:format(more)
    elseif reason == "BLOCKED_LEVEL" or reason == "FAILED_UNSPENT" or reason == "FAILED_NO_SLOT" then
        return L[reason]:format(detail, more)
    elseif reason == "FAILED_MISFIT" then
        return more and L.FAILED_MISFIT_NAMED:format(detail, more) or L.FAILED_MISFIT
    end
    return L[reason]
end

-- The same for an offer: some reasons pass, and it comes back then.
function Messages.SentenceForOffer(reason, detail, more)
    local text = Messages.Sentence(reason, detail, more)
    return addon.Readiness.EndsWithEvent(reason) and L.OFFERED_LATER:format(text) or text
end

-- A link in the chat that brings the former talents back with one click.
local RESTORE_LINK = "addon:AzerothsTopTalent:restore"

function Messages.RestoreLink()
    return ("|H%s|h|cff4fc3f7[%s]|r|h"):format(RESTORE_LINK, L.RESTORE_BUTTON)
end

addon.On("PLAYER_LOGIN", function()
    if EventRegistry then
        EventRegistry:RegisterCallback("SetItemRef", function(_, link)
            if addon.Readable(link) == RESTORE_LINK then
                addon.LoadoutManager.Restore()
            end
        end, Messages)
    end
end)

local warned = {}

-- Once a session and spec: builds from before a rework of the talents are of no use.
addon.Register("BUILD_MISFITS", function(specID)
    if not warned[specID] then
        warned[specID] = true
        addon.Print(L.DATA_MISFIT)
    end
end)

-- The switch went past the talents window, which may still show another loadout of the player's as
-- selected: what is changed there next would go into that.
addon.Register("LOADOUT_UNSEEN", function(configID)
    addon.Print(L.SELECT_SLOT:format(addon.LoadoutSlot.NameOf(configID) or addon.LoadoutSlot.NAME))
end)

addon.Register("LOADOUT_FINISHED", function(request, reason, detail, more)
    if reason and request.restores and addon.Readiness.EndsWithEvent(reason) then
        addon.Print(L.RESTORE_LATER) -- what the player asked for is not offered again by itself
    elseif reason then
        local Sentence = request.offer and Messages.SentenceForOffer or Messages.Sentence
        addon.Print(Sentence(reason, detail, more))
    elseif request.restores then
        addon.Print(L.RESTORED)
    else
        local specID = addon.TalentTree.SpecID()
        local link = addon.FormerLoadout.Get(specID) and " " .. Messages.RestoreLink() or ""
        addon.Print(L.APPLIED:format(request.label) .. link)
    end
end)
