-- The game's Lua environment: its library functions, a clock with timers, events, secret values,
-- errors that are collected, and globals that must exist to be read.
local client = ...

client.errors, client.chat, client.globalsWritten = {}, {}, {}
client.now, client.serverTime = 1000, 1790000000
local declared = {} -- saved variables are nil until the game has loaded them

local function Define(name, value)
    rawset(_G, name, value)
end
client.Define = Define

function client.Declare(name)
    declared[name] = true
end

for _, name in ipairs({ "io", "os", "require", "dofile", "loadfile", "package", "module", "python", "load" }) do
    rawset(_G, name, nil)
end

setmetatable(_G, {
    __index = function(_, name)
        if not declared[name] then
            error("read of unknown global " .. tostring(name), 2)
        end
    end,
    __newindex = function(_, name, value)
        client.globalsWritten[name] = true
        declared[name] = true
        rawset(_G, name, value)
    end,
})

function client.ForgetGlobals()
    for name in pairs(client.globalsWritten) do
        rawset(_G, name, nil)
    end
    client.globalsWritten = {}
end

local function Report(message)
    table.insert(client.errors, message .. "\n" .. debug.traceback("", 2))
end
client.Report = Report

function client.SafeCall(action, ...)
    local args, count = { ... }, select("#", ...)
    return select(2, xpcall(function()
        return action(unpack(args, 1, count))
    end, Report))
end
Define("securecallfunction", client.SafeCall)

Define("print", function(...)
    local words = {}
    for index = 1, select("#", ...) do
        words[index] = tostring((select(index, ...)))
    end
    table.insert(client.chat, table.concat(words, " "))
end)

-- Clock and timers
local timers, order = {}, 0

local function After(delay, action)
    if type(delay) ~= "number" or type(action) ~= "function" then
        error("C_Timer.After(seconds, callback)", 2)
    end
    order = order + 1
    timers[#timers + 1] = { due = client.now + delay, order = order, action = action }
end
client.After = After
Define("C_Timer", { After = function(delay, action)
    After(delay, action)
    timers[#timers].ofAddon = true
end })
Define("GetTime", function() return client.now end)
Define("GetServerTime", function() return math.floor(client.serverTime) end)

local function Earliest(limit)
    local found
    for index, timer in ipairs(timers) do
        local best = found and timers[found]
        if timer.due <= limit and (not best or timer.due < best.due
            or timer.due == best.due and timer.order < best.order) then
            found = index
        end
    end
    return found
end

local function MoveTo(time)
    client.serverTime = client.serverTime + (time - client.now)
    client.now = time
end

-- Lets time pass and runs what becomes due, in order.
function client.Advance(seconds)
    local limit, runs = client.now + seconds, 0
    while true do
        local index = Earliest(limit)
        if not index then
            break
        end
        local timer = table.remove(timers, index)
        MoveTo(math.max(client.now, timer.due))
        client.SafeCall(timer.action)
        runs = runs + 1
        if runs > 10000 then
            error("timers never come to rest")
        end
    end
    MoveTo(limit)
end

-- A reload ends the timers of addons, not what the server does.
function client.ForgetAddonTimers()
    for index = #timers, 1, -1 do
        if timers[index].ofAddon then
            table.remove(timers, index)
        end
    end
end

-- Lost timers: what a watchdog must survive.
client.DropAddonTimers = client.ForgetAddonTimers

-- Secret values
local secrets = setmetatable({}, { __mode = "k" })

local function Forbidden()
    error("a secret value was used by addon code", 2)
end

function client.Secret()
    local secret = newproxy(true)
    local meta = getmetatable(secret)
    for _, name in ipairs({ "__index", "__newindex", "__concat", "__lt", "__le", "__eq", "__call",
        "__tostring", "__add", "__sub", "__mul", "__div", "__mod", "__pow", "__unm", "__len" }) do
        meta[name] = Forbidden
    end
    secrets[secret] = true
    return secret
end

Define("issecretvalue", function(value) return type(value) == "userdata" and secrets[value] == true end)
Define("canaccesstable", function() return true end)

-- Library functions that the game adds
Define("wipe", function(list)
    for key in pairs(list) do
        list[key] = nil
    end
    return list
end)
