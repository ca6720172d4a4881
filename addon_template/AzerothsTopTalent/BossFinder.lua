-- Which boss is next? A pure function over a snapshot of the raid: no call of the game in here.
-- Who a target is, is secret in raids since 12.0; so it goes by pulls, kills, lockouts and the
-- player's own place on the map.
local _, addon = ...

local BossFinder = {}
addon.BossFinder = BossFinder

BossFinder.CERTAIN, BossFinder.LIKELY, BossFinder.GUESS = "CERTAIN", "LIKELY", "GUESS"

local WIPE_COUNTS_FOR = 30 * 60 -- seconds; after that the raid may be anywhere
local LOOKING_FOR_RAID = 17 -- wings: the first bosses of the map may not be in this raid at all

local function Contains(set)
    return next(set) ~= nil
end

-- Bosses killed in this raid are dead. A lockout is the player's own: who helps others, or joins a
-- fresh raid, has one for bosses that stand.
local function IsDead(snapshot, id)
    return snapshot.killed[id] or snapshot.locked[id] or false
end

-- What the player said, if it is a boss of this raid: newer data may know other bosses.
local function ByChoice(snapshot)
    for _, boss in ipairs(snapshot.bosses) do
        if boss.id == snapshot.chosen and not snapshot.killed[boss.id] then
            return boss.id, BossFinder.CERTAIN, "CHOSEN"
        end
    end
    return nil
end

local function ByPull(snapshot)
    local pull = snapshot.pull
    if not pull or snapshot.killed[pull.id] or snapshot.now - pull.time > WIPE_COUNTS_FOR then
        return nil
    elseif Contains(snapshot.here) and not snapshot.here[pull.id] then
        return nil
    elseif pull.wiped then
        return pull.id, BossFinder.CERTAIN, "WIPE"
    end
    return pull.id, BossFinder.LIKELY, "PULLED" -- how it ended was not seen
end

-- The boss whose place the player is at. Stronger than a lockout, weaker than a kill.
local function ByPlace(snapshot)
    local standing, alive, elsewhere = {}, {}, false
    for _, boss in ipairs(snapshot.bosses) do
        if not snapshot.killed[boss.id] then
            if not snapshot.here[boss.id] then
                elsewhere = elsewhere or not snapshot.locked[boss.id]
            else
                standing[#standing + 1] = boss.id
                alive[#alive + 1] = not snapshot.locked[boss.id] and boss.id or nil
            end
        end
    end
    for _, id in ipairs(standing) do
        if id == snapshot.nearest then
            return id, BossFinder.LIKELY, "HERE"
        end
    end
    if #standing == 1 or #alive == 1 then
        return alive[1] or standing[1], BossFinder.LIKELY, "HERE"
    elseif #standing > 1 and (elsewhere or #alive == 0) then -- else the map has all that is left
        return alive[1] or standing[1], BossFinder.GUESS, "HERE_FIRST"
    end
    return nil
end

-- In a wing of Raid Finder the bosses before its first are not there: after a kill it goes on.
local function ByWing(snapshot)
    local found
    for _, boss in ipairs(snapshot.bosses) do
        if snapshot.killed[boss.id] then
            found = nil
        elseif not found and not snapshot.locked[boss.id] then
            found = boss.id
        end
    end
    if snapshot.difficultyID == LOOKING_FOR_RAID and Contains(snapshot.killed) and found then
        return found, BossFinder.LIKELY, "NEXT"
    end
    return nil
end

local function ByOrder(snapshot)
    local found, deadBefore, deadAfter
    for _, boss in ipairs(snapshot.bosses) do
        if IsDead(snapshot, boss.id) then
            deadBefore = deadBefore or not found
            deadAfter = deadAfter or found ~= nil
        elseif not found then
            found = boss.id
        end
    end
    if not found then
        return nil
    elseif deadAfter then
        return found, BossFinder.GUESS, "SKIPPED"
    elseif snapshot.difficultyID == LOOKING_FOR_RAID then
        return found, BossFinder.GUESS, deadBefore and "NEXT" or "FIRST"
    end
    return found, BossFinder.LIKELY, deadBefore and "NEXT" or "FIRST"
end

-- The bosses that may be meant instead, in order. If the found one has a lockout, or all have,
-- lockouts say nothing about this raid.
local function Others(snapshot, found)
    local others = {}
    local locksCount = found and not snapshot.locked[found]
    for _, boss in ipairs(snapshot.bosses) do
        local dead = snapshot.killed[boss.id] or locksCount and snapshot.locked[boss.id]
        if boss.id ~= found and not dead then
            others[#others + 1] = boss.id
        end
    end
    return others
end

-- snapshot: {bosses = {{id}, ...} in order, killed, locked, here = sets of ids, nearest = id or nil,
-- pull = {id, time, wiped} or nil, chosen = id or nil, difficultyID, now}
-- -> {id or nil, confidence, reason, others = ids}. Reasons are keys of sentences.
function BossFinder.Find(snapshot)
    if #snapshot.bosses == 0 then
        return { reason = "UNKNOWN_RAID", others = {} }
    end
    local id, confidence, reason
    for _, way in ipairs({ ByChoice, ByPull, ByPlace, ByWing, ByOrder }) do
        if not id then
            id, confidence, reason = way(snapshot)
        end
    end
    return {
        id = id,
        confidence = confidence,
        reason = reason or "ALL_DEAD",
        others = Others(snapshot, id),
    }
end
