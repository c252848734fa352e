<?php
# Read after what the installer wrote, by every wiki of the tests; a test's own settings follow.
$wgArticlePath = '/index.php/$1';
$wgUsePathInfo = true;
$wgMainCacheType = CACHE_ACCEL;
$wgShowExceptionDetails = true;
$wgEnableEmail = false;
$wgEnableUploads = false;
$wgUseInstantCommons = false;
$wgPingback = false;

# What the machine loses when it loses its power need not be kept.
$wgDBservers = [ [
	'type' => 'sqlite', 'host' => '', 'user' => '', 'password' => '', 'dbname' => $wgDBname,
	'tablePrefix' => '', 'load' => 1, 'flags' => DBO_DEFAULT, 'dbDirectory' => $wgSQLiteDataDir,
	'variables' => [ 'synchronous' => 'OFF' ],
] ];
$wgJobTypeConf['default']['server']['variables']['synchronous'] = 'OFF';

# Jobs run when a test asks for them, so that none writes behind its back.
$wgJobRunRate = 0;

# Passwords of the tests are random; they need not be slow to guess.
$wgPasswordConfig['pbkdf2']['cost'] = '1';

# As on Wikimedia's wikis: a flagged bot is not held back.
$wgGroupPermissions['bot']['noratelimit'] = true;

foreach ( [
	'AbuseFilter', 'InputBox', 'ParserFunctions', 'Renameuser', 'Scribunto', 'SpamBlacklist',
	'TemplateData', 'TitleBlacklist',
] as $extension ) {
	if ( is_file( "$IP/extensions/$extension/extension.json" ) ) {
		wfLoadExtension( $extension );
	}
}
# The lists are the wiki's own pages; the default asks a server on the net.
$wgBlacklistSettings = [ 'spam' => [ 'files' => [] ] ];
$wgTitleBlacklistSources = [ [ 'type' => 'localpage', 'src' => 'MediaWiki:Titleblacklist' ] ];
$wgScribuntoDefaultEngine = 'luastandalone';
if ( is_executable( '/usr/bin/lua5.1' ) ) {
	$wgScribuntoEngineConf['luastandalone']['luaPath'] = '/usr/bin/lua5.1';
}
