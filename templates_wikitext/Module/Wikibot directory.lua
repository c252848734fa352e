-- Shows what the directory says: a page of JSON that a bot keeps from team pages and roles pages.
-- The templates that call this module have the documentation; how things look is in the templates
-- that are called here. Texts of the directory are data: they show up as the texts that they are.
local p = {}

local DIRECTORY = [=[«directory»]=]
local INDEX = [=[«module»/index]=]
local VERSION = 1 -- keys are added within a version, none goes away or changes its meaning
local MOST_ROLES = 3 -- that one question is answered with
local MOST_NAMES = 3 -- of teams that are near what was asked for

local SAY = {
	['missing'] = [=[«directory-missing»]=],
	['unknown'] = [=[«directory-unknown»]=],
	['unknown, no page'] = [=[«directory-unknown-no-page»]=],
	['no team'] = [=[«directory-unknown-team»]=],
	['no person'] = [=[«directory-unknown-person»]=],
	['no people'] = [=[«directory-no-people»]=],
	['no roles'] = [=[«directory-no-roles»]=],
	['responsibilities'] = [=[«directory-responsibilities»]=],
	['everything'] = [=[«directory-everything»]=],
}

-- Texts ---------------------------------------------------------------------------------------

local function trimmed( text )
	return text:match( '^%s*(.-)%s*$' )
end

local function lower( text )
	-- most texts are ASCII, for which nothing needs to be asked of PHP
	return text:find( '[\128-\255]' ) and mw.ustring.lower( text ) or text:lower()
end

-- The form in which names are compared: case and blanks do not count.
local function fold( text )
	return trimmed( ( lower( text ):gsub( '[%s_]+', ' ' ) ) )
end

-- The words of a text in lower case, English plurals as singulars, each once, A to Z.
local function words_of( text )
	local found, seen = {}, {}
	-- dashes, quotation marks and no-break spaces are several bytes each
	text = lower( text ):gsub( '\226\128[\128-\191]', ' ' ):gsub( '\194[\160\171\187]', ' ' )
	for word in text:gmatch( '[%w\128-\255]+' ) do
		if #word > 5 and word:find( 'ies$' ) then
			word = word:sub( 1, -4 ) .. 'y'
		elseif #word > 6 and word:find( 'sses$' ) then
			word = word:sub( 1, -3 )
		elseif #word > 3 and word:find( '[^s]s$' ) then
			word = word:sub( 1, -2 )
		end
		if not seen[word] then
			seen[word] = true
			found[#found + 1] = word
		end
	end
	table.sort( found )
	return found
end

-- An activity without the words at an end of it that say how often: “Take stock, yearly”.
local function without_cadence( text, cadence )
	local function at( start )
		return text:sub( start, start + #cadence - 1 ) == cadence
	end
	local close = text:sub( -1 ) == ')' and 1 or 0
	if at( #text - #cadence - close + 1 ) then
		return ( text:sub( 1, #text - #cadence - close ):gsub( '[%s,:;(-]+$', '' ) )
	elseif at( 1 ) then
		return ( text:sub( #cadence + 1 ):gsub( '^[%s,:;)-]+', '' ) )
	end
	return text
end

-- A text of the directory, or of whoever asks, as wikitext that shows up as that text.
local function plain( text )
	if text:find( '^[%w\128-\255][%w\128-\255 .,()/-]*$' ) and not text:find( '%u%u%u' ) then
		return text -- nothing in it is markup, nor a magic link such as ISBN
	end
	return ( mw.text.nowiki( text ):gsub( '!', '&#33;' ) ) -- !! begins a cell in a row of heads
end

local function say( key, values )
	return ( SAY[key]:gsub( '%$(%l+)', values or {} ) )
end

-- What somebody has written as an argument, without what keeps markup in it from working.
local function asked( text )
	return trimmed( mw.text.decode( mw.text.unstripNoWiki( text or '' ) ) )
end

local function is_no( text )
	text = fold( text )
	return text == 'no' or text == 'n' or text == '0' or text == 'false'
end

local function is_yes( text )
	return fold( text ) ~= '' and not is_no( text )
end

local function numbers( text )
	local found = {}
	for number in ( text or '' ):gmatch( '%d+' ) do
		found[#found + 1] = tonumber( number )
	end
	return found
end

-- The directory -------------------------------------------------------------------------------

local function load( title )
	local there, data = pcall( mw.loadJsonData, title )
	if there and data['wikibot directory'] == VERSION then
		return data
	end
	local page = mw.title.new( title )
	if page then
		page:getContent() -- so that MediaWiki shows this anew when the page is made or mended
	end
end

local function add( index, key, number )
	local there = index[key]
	if there and not ( ' ' .. there .. ' ' ):find( ' ' .. number .. ' ', 1, true ) then
		index[key] = there .. ' ' .. number
	elseif not there then
		index[key] = tostring( number )
	end
end

-- What identifies teams and people, what roles are found by. Lists of numbers are strings, because
-- the data of mw.loadData is slow to walk through when it has many tables. Built once for a page.
function p._index( title )
	local index = {
		team = {}, -- folded name or alias → team
		key = {}, -- key → person
		person = {}, -- folded key, name, alias or username → people
		held = {}, -- person → roles
		role = {}, -- folded name → roles
		exact = {}, -- folded name or activity → roles
		sorted = {}, -- their words → roles
		words = {}, -- word → subjects
		subject = {}, -- subject → role
		length = {}, -- subject → how many words it has
	}
	local data = load( title )
	if not data then
		return { missing = true }
	end
	for number, team in ipairs( data.teams ) do
		index.team[fold( team.name )] = number
		for _, alias in ipairs( team.aliases or {} ) do
			index.team[fold( alias )] = number
		end
	end
	for number, person in ipairs( data.people ) do
		index.key[person.key] = number
		add( index.person, fold( person.key ), number )
		add( index.person, fold( person.name ), number )
		if person.username then
			add( index.person, fold( person.username ), number )
		end
		for _, alias in ipairs( person.aliases or {} ) do
			add( index.person, fold( alias ), number )
		end
	end
	local subjects = {} -- by word; made strings of at the end, else each word would copy its own
	local function subject( text, role, cadence )
		local words = words_of( text )
		local number = #index.subject + 1
		index.subject[number] = role
		index.length[number] = #words
		add( index.exact, fold( text ), role )
		add( index.sorted, table.concat( words, ' ' ), role )
		if cadence then
			local bare = without_cadence( fold( text ), fold( cadence ) )
			add( index.exact, bare, role )
			add( index.sorted, table.concat( words_of( bare ), ' ' ), role )
		end
		for _, word in ipairs( words ) do
			local there = subjects[word]
			if there then
				there[#there + 1] = number
			else
				subjects[word] = { number }
			end
		end
	end
	for number, role in ipairs( data.roles ) do
		add( index.role, fold( role.name ), number )
		subject( role.name, number )
		for _, group in ipairs( role.groups or {} ) do
			for _, activity in ipairs( group.activities or {} ) do
				if not activity['catch-all'] then
					subject( activity.text, number, activity.cadence )
				end
			end
		end
		for _, key in ipairs( role.holders or {} ) do
			add( index.held, index.key[key] or 0, number )
		end
	end
	for word, found in pairs( subjects ) do
		index.words[word] = table.concat( found, ' ' ) .. ' '
	end
	return index
end

-- Directory and index, or a message that there is none.
local function opened( title )
	if title == '' then
		title = DIRECTORY
	end
	local data = load( title )
	if not data then
		local link = '[[:' .. plain( title ) .. ']]'
		return nil, nil, '<strong class="error">' .. say( 'missing', { page = link } ) .. '</strong>'
	end
	local index = title == DIRECTORY and mw.loadData( INDEX ) or p._index( title )
	return data, index
end

-- The numbers of the roles that a question is about: exactly, else by the same words in any order,
-- else those of the shortest subjects that have all the words.
local function roles_about( index, question )
	local words = words_of( question )
	local found = index.exact[fold( question )] or index.sorted[table.concat( words, ' ' )]
	if found then
		return numbers( found )
	end
	local lists = {}
	for place, word in ipairs( words ) do
		lists[place] = index.words[word]
		if not lists[place] then
			return {}
		end
	end
	table.sort( lists, function ( a, b ) return #a < #b end )
	local best, shortest, seen = {}, math.huge, {}
	for number in ( lists[1] or '' ):gmatch( '%d+' ) do
		local all = true
		for place = 2, #lists do
			all = all and ( ' ' .. lists[place] ):find( ' ' .. number .. ' ', 1, true )
		end
		local length = index.length[tonumber( number )]
		local role = index.subject[tonumber( number )]
		if all and length < shortest then
			best, shortest, seen = { role }, length, { [role] = true }
		elseif all and length == shortest and not seen[role] then
			best[#best + 1] = role
			seen[role] = true
		end
	end
	return best
end

-- Pieces of wikitext --------------------------------------------------------------------------

local function argument( name, value )
	return value and value ~= '' and '|' .. name .. '=' .. value or ''
end

local function link( title, label )
	return '[[:' .. plain( title ) .. '|' .. plain( label or title ) .. ']]'
end

local function team_link( team )
	return team.page and link( team.page, team.name ) or plain( team.name )
end

local function shown_person( person )
	return [=[{{Directory person|name=]=] .. plain( person.name )
		.. argument( 'username', person.username and plain( person.username ) ) .. '}}'
end

local function shown_people( data, index, keys )
	local found = {}
	for _, key in ipairs( keys or {} ) do
		local person = data.people[index.key[key] or 0]
		found[#found + 1] = person and shown_person( person )
	end
	return table.concat( found, ', ' )
end

local function shown_role( role )
	return [=[{{Directory role|name=]=] .. plain( role.name )
		.. argument( 'page', role.page and plain( role.page ) )
		.. argument( 'section', role.section and plain( role.section ) ) .. '}}'
end

-- Who holds a role: people, teams, and those whom no roster has, as the page names them.
local function shown_holders( data, index, role )
	local found = {}
	local people = shown_people( data, index, role.holders )
	if people ~= '' then
		found[1] = people
	end
	for _, name in ipairs( role['holding teams'] or {} ) do
		local team = data.teams[index.team[fold( name )] or 0]
		found[#found + 1] = team and team_link( team ) or plain( name )
	end
	for _, name in ipairs( role.named or {} ) do
		found[#found + 1] = plain( name )
	end
	return table.concat( found, ', ' )
end

local function answer( data, index, role, with_role )
	local links = {}
	for place, title in ipairs( role.contacts or {} ) do
		links[place] = link( title )
	end
	return [=[{{Contact answer|people=]=] .. shown_holders( data, index, role )
		.. argument( 'role', with_role and shown_role( role ) )
		.. argument( 'contact', table.concat( links, ', ' ) ) .. '}}'
end

local function answers( data, index, found, question, with_role )
	local texts = {}
	for _, number in ipairs( found ) do
		if #texts < MOST_ROLES then
			texts[#texts + 1] = answer( data, index, data.roles[number], with_role or #found > 1 )
		end
	end
	if #texts > 0 then
		return table.concat( texts, '; ' )
	end
	local page = data.fallback or data.page
	return say( page and 'unknown' or 'unknown, no page', {
		what = plain( question ), page = page and link( page )
	} )
end

-- Teams ---------------------------------------------------------------------------------------

-- How many letters differ between two texts (Levenshtein).
local function distance( a, b )
	local row = {}
	for j = 0, #b do
		row[j] = j
	end
	for i = 1, #a do
		local before = row[0]
		row[0] = i
		for j = 1, #b do
			local change = a:byte( i ) == b:byte( j ) and 0 or 1
			before, row[j] = row[j], math.min( row[j] + 1, row[j - 1] + 1, before + change )
		end
	end
	return row[#b]
end

local function nearest_teams( data, name )
	local found = {}
	for number, team in ipairs( data.teams ) do
		found[number] = { team.name, distance( fold( team.name ), fold( name ):sub( 1, 100 ) ), number }
	end
	table.sort( found, function ( a, b )
		return a[2] < b[2] or ( a[2] == b[2] and a[3] < b[3] )
	end )
	local names = {}
	for place = 1, math.min( MOST_NAMES, #found ) do
		names[place] = plain( found[place][1] )
	end
	return table.concat( names, ', ' )
end

local function unknown_team( data, name )
	return say( 'no team', { what = plain( name ), names = nearest_teams( data, name ) } )
end

-- The teams of a template's arguments, by number; names that no team has.
-- A name may have a comma in it, so a list is taken apart only when it is no name as a whole.
local function teams_in( index, arguments )
	local found, unknown = {}, {}
	for _, text in ipairs( arguments ) do
		local whole = index.team[fold( text )]
		if whole or not text:find( '[,;]' ) then
			found[#found + 1] = whole
			unknown[#unknown + 1] = not whole and text or nil
		else
			for name in text:gmatch( '[^,;]+' ) do
				local number = index.team[fold( name )]
				found[#found + 1] = number
				unknown[#unknown + 1] = not number and trimmed( name ) or nil
			end
		end
	end
	return found, unknown
end

-- What templates call -------------------------------------------------------------------------

-- Arguments of the call of the module, else of the template that calls it.
local function arguments_of( frame )
	local parent = frame:getParent()
	return function ( name )
		local text = frame.args[name]
		if text == nil and parent then
			text = parent.args[name]
		end
		return asked( text )
	end
end

local function unnamed( argument_of, name )
	local found = {}
	if argument_of( name ) ~= '' then
		found[1] = argument_of( name )
	end
	local place = 1
	while argument_of( place ) ~= '' do
		found[#found + 1] = argument_of( place )
		place = place + 1
	end
	return found
end

local function template( show )
	return function ( frame )
		local argument_of = arguments_of( frame )
		local data, index, message = opened( argument_of( 'directory' ) )
		if message then
			return message
		end
		return frame:preprocess( show( data, index, argument_of ) )
	end
end

p.contact = template( function ( data, index, argument_of )
	local question = argument_of( 1 )
	return answers( data, index, roles_about( index, question ), question, true )
end )

p.holder = template( function ( data, index, argument_of )
	local question = argument_of( 1 )
	local named = index.role[fold( question )]
	local found = named and numbers( named ) or roles_about( index, question )
	return answers( data, index, found, question, false )
end )

local function roster_row( data, index, person, columns, with_roles )
	local roles = {}
	if with_roles then
		for _, number in ipairs( numbers( index.held[index.key[person.key]] ) ) do
			roles[#roles + 1] = shown_role( data.roles[number] )
		end
	end
	return [=[{{Roster row|person=]=] .. shown_person( person )
		.. argument( 'title', person.title and plain( person.title ) )
		.. argument( 'roles', table.concat( roles, ', ' ) ) .. columns .. '}}'
end

p.roster = template( function ( data, index, argument_of )
	local wanted = unnamed( argument_of, 'team' )
	local found, unknown = teams_in( index, wanted )
	if #wanted == 0 then
		for number in ipairs( data.teams ) do
			found[number] = number
		end
	end
	local with_roles = is_yes( argument_of( 'roles' ) )
	local columns = ( is_no( argument_of( 'titles' ) ) and '|no titles=' or '' )
		.. ( with_roles and '' or '|no roles=' )
	local parts = {}
	for _, number in ipairs( found ) do
		local team = data.teams[number]
		local rows = {}
		for _, key in ipairs( team.people or {} ) do
			local person = data.people[index.key[key] or 0]
			rows[#rows + 1] = person and roster_row( data, index, person, columns, with_roles )
		end
		parts[#parts + 1] = #rows == 0 and say( 'no people', { team = team_link( team ) } )
			or [=[{{Roster head|caption=]=] .. team_link( team ) .. columns .. '}}'
			.. table.concat( rows ) .. '\n|}'
	end
	for _, name in ipairs( unknown ) do
		parts[#parts + 1] = unknown_team( data, name )
	end
	return table.concat( parts, '\n' )
end )

local function shown_activities( role )
	local lines = {}
	for _, group in ipairs( role.groups or {} ) do
		if group.name then
			lines[#lines + 1] = '<b>' .. plain( group.name ) .. '</b>'
		end
		for _, activity in ipairs( group.activities or {} ) do
			lines[#lines + 1] = '* ' .. plain( activity.text )
		end
	end
	return table.concat( lines, '\n' )
end

local function is_of_team( data, index, role, team )
	if role.teams then
		for _, name in ipairs( role.teams ) do
			if name == team.name then
				return true
			end
		end
		return false
	end
	for _, key in ipairs( role.holders or {} ) do
		local person = data.people[index.key[key] or 0]
		for _, name in ipairs( person and ( person.teams or { person.team } ) or {} ) do
			if name == team.name then
				return true
			end
		end
	end
	return false
end

p.responsibilities = template( function ( data, index, argument_of )
	local team_name, name, page = argument_of( 'team' ), argument_of( 'person' ), argument_of( 'page' )
	local team, held
	local what = {}
	if team_name ~= '' then
		team = data.teams[index.team[fold( team_name )] or 0]
		if not team then
			return unknown_team( data, team_name )
		end
		what[1] = plain( team.name )
	end
	if name ~= '' then
		local people = numbers( index.person[fold( name )] )
		if #people == 0 then
			return say( 'no person', { what = plain( name ) } )
		end
		what[#what + 1] = plain( data.people[people[1]].name )
		held = {}
		for _, person in ipairs( people ) do
			for _, role in ipairs( numbers( index.held[person] ) ) do
				held[role] = true
			end
		end
	end
	if page ~= '' then
		what[#what + 1] = plain( page )
	end
	local rows = {}
	for number, role in ipairs( data.roles ) do
		local fits = ( not team or is_of_team( data, index, role, team ) )
			and ( not held or held[number] )
			and ( page == '' or fold( role.page or '' ) == fold( page ) )
		if fits then
			rows[#rows + 1] = [=[{{Responsibilities row|role=]=] .. shown_role( role )
				.. '|holders=' .. answer( data, index, role, false )
				.. argument( 'activities', shown_activities( role ) ) .. '}}'
		end
	end
	what = #what == 0 and say( 'everything' ) or table.concat( what, ', ' )
	if #rows == 0 then
		return say( 'no roles', { what = what } )
	end
	return [=[{{Responsibilities head|caption=]=] .. say( 'responsibilities', { what = what } )
		.. '}}' .. table.concat( rows ) .. '\n|}'
end )

p.box = template( function ( data, index, argument_of )
	local found, unknown = teams_in( index, unnamed( argument_of, 'team' ) )
	local parts = {}
	for _, number in ipairs( found ) do
		local team = data.teams[number]
		parts[#parts + 1] = [=[{{Contact card|team=]=] .. plain( team.name )
			.. argument( 'page', team.page and plain( team.page ) )
			.. argument( 'contact', plain( team.contact or data.fallback or '' ) )
			.. argument( 'people', shown_people( data, index, team.people ) ) .. '}}'
	end
	for _, name in ipairs( unknown ) do
		parts[#parts + 1] = unknown_team( data, name )
	end
	return table.concat( parts, '\n' )
end )

return p
