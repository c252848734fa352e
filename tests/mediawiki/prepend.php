<?php
# Runs before each request: writes it down, as a witness that does not depend on the client.
( static function () {
	$dir = dirname( getenv( 'MW_CONFIG_FILE' ) );
	if ( ( $_SERVER['HTTP_USER_AGENT'] ?? '' ) === 'wikibot-tests' ) {
		if ( isset( $_GET['forget'] ) ) {
			# Everything that is cached carries the name of its database, except what is known
			# of the extensions, which is slow to find out again.
			apcu_delete( new APCUIterator( '/wiki_\d/', APC_ITER_KEY ) );
			exit;
		}
		return;
	}
	$params = array_filter( $_GET + $_POST, 'is_string' );
	foreach ( $params as $name => $value ) {
		if ( str_contains( $name, 'password' ) || str_contains( $name, 'token' ) ) {
			$params[$name] = '***';
		}
	}
	$request = [
		'method' => $_SERVER['REQUEST_METHOD'],
		'path' => parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH ),
		'params' => (object)$params,
	];
	$line = json_encode( $request, JSON_INVALID_UTF8_SUBSTITUTE );
	file_put_contents( "$dir/requests.jsonl", "$line\n", FILE_APPEND | LOCK_EX );
} )();
