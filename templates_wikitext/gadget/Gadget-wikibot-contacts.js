/*
 * A search box on the page that says whom to ask: it filters the lines of all tables, and the
 * boxes of teams, as one types. Case, accents and the order of words do not count; when nothing
 * has the words as they are typed, words that are nearly the same do.
 *
 * {{Contacts head}} says where the box goes, its words, and the page with the directory as JSON,
 * from which further names are taken: usernames, aliases. The page is complete without all this.
 */
( function ( mw, $ ) {
	'use strict';

	/** The words of a text, without case and accents. */
	function words( text ) {
		return text.normalize( 'NFD' ).replace( /[\u0300-\u036f]/g, '' ).toLowerCase()
			.replace( /ß/g, 'ss' )
			.split( /[\s!-/:-@[-`{-~«»¡¿·\u2000-\u206f\u3000-\u303f]+/ )
			.filter( Boolean );
	}

	/** Whether two words differ by no more than `most` letters too many, missing, wrong, swapped. */
	function isNear( one, other, most ) {
		var before, last, row = [], i, j;
		for ( j = 0; j <= other.length; j++ ) {
			row.push( j );
		}
		for ( i = 1; i <= one.length; i++ ) {
			before = last;
			last = row;
			row = [ i ];
			for ( j = 1; j <= other.length; j++ ) {
				row[ j ] = Math.min( last[ j ] + 1, row[ j - 1 ] + 1,
					last[ j - 1 ] + ( one[ i - 1 ] === other[ j - 1 ] ? 0 : 1 ) );
				if ( i > 1 && j > 1 && one[ i - 1 ] === other[ j - 2 ] &&
					one[ i - 2 ] === other[ j - 1 ] ) {
					row[ j ] = Math.min( row[ j ], before[ j - 2 ] + 1 );
				}
			}
		}
		return row[ other.length ] <= most;
	}

	/** Notes for each word of a text that the line with that number has it. */
	function add( index, text, number ) {
		words( text ).forEach( function ( word ) {
			index[ word ] = index[ word ] || {};
			index[ word ][ number ] = true;
		} );
	}

	/** The texts in an element one by one: there may be no blank between them. */
	function texts( element ) {
		var found = [], walker = document.createTreeWalker( element, NodeFilter.SHOW_TEXT );
		while ( walker.nextNode() ) {
			found.push( walker.currentNode.nodeValue );
		}
		return found;
	}

	/** The numbers of the lines that have all words of a query; null when there is no query. */
	function search( index, query, fits ) {
		return words( query ).reduce( function ( found, wanted ) {
			var lines = {};
			Object.keys( index ).forEach( function ( word ) {
				if ( fits( word, wanted ) ) {
					Object.keys( index[ word ] ).forEach( function ( number ) {
						if ( !found || found[ number ] ) {
							lines[ number ] = true;
						}
					} );
				}
			} );
			return lines;
		}, null );
	}

	function contains( word, wanted ) {
		return word.indexOf( wanted ) !== -1;
	}

	/** The same with typing errors; of a longer word, its beginning may be meant. */
	function resembles( word, wanted ) {
		var most = wanted.length > 7 ? 2 : wanted.length > 3 ? 1 : 0, length;
		for ( length = wanted.length - most; length <= wanted.length + most; length++ ) {
			if ( most && isNear( word.slice( 0, length ), wanted, most ) ) {
				return true;
			}
		}
		return contains( word, wanted );
	}

	function toggle( element, show ) {
		element.style.display = show ? '' : 'none';
	}

	function isShown( element ) {
		return element.style.display !== 'none';
	}

	/** What the directory knows of people and teams, by the text under which a line has them. */
	function otherNames( directory ) {
		var found = Object.create( null );
		( directory.people || [] ).concat( directory.teams || [] ).forEach( function ( each ) {
			found[ each.name ] = ( found[ each.name ] || [] )
				.concat( each.aliases || [], each.username || [], each.title || [] );
		} );
		return found;
	}

	function init( $content ) {
		var place = $content.find( '.wikibot-contacts' )[ 0 ], index = Object.create( null ),
			lines, label, box, status;

		function show() {
			var found = search( index, box.value, contains ), count = 0;
			if ( found && !Object.keys( found ).length ) {
				found = search( index, box.value, resembles );
			}
			lines.forEach( function ( line, number ) {
				toggle( line, !found || found[ number ] );
				count += isShown( line ) ? 1 : 0;
			} );
			$content.find( '.wikibot-contacts-group' ).each( function () {
				toggle( this, $( this ).nextUntil( '.wikibot-contacts-group' ).get().some( isShown ) );
			} );
			$content.find( '.wikibot-contacts-table' ).each( function () {
				toggle( this, $( this ).find( 'tr' ).get().filter( isShown ).length > 1 );
			} );
			status.textContent = !found ? '' : count ?
				place.dataset.found.replace( '$1', mw.language.convertNumber( count ) ) :
				place.dataset.nothing;
		}

		if ( !place || place.querySelector( 'input' ) ) {
			return;
		}
		lines = $content.find( '.wikibot-contacts-table tr, .wikibot-contact' )
			.not( '.wikibot-contacts-group' ).not( ':has( th[scope=col] )' ).get();
		lines.forEach( function ( line, number ) {
			add( index, texts( line ).join( ' ' ), number );
		} );

		label = document.createElement( 'label' );
		label.textContent = place.dataset.search + ' ';
		box = document.createElement( 'input' );
		box.type = 'search';
		box.style.cssText = 'max-width: 100%; padding: 0.3em; border: 1px solid #72777d';
		box.addEventListener( 'input', show );
		box.addEventListener( 'keydown', function ( event ) {
			if ( event.key === 'Escape' ) {
				box.value = '';
				show();
			}
		} );
		label.appendChild( box );
		status = document.createElement( 'div' );
		status.setAttribute( 'aria-live', 'polite' );
		place.appendChild( label );
		place.appendChild( status );

		if ( place.dataset.directory ) {
			new mw.Api().get( {
				action: 'query', prop: 'revisions', rvprop: 'content', rvslots: 'main',
				titles: place.dataset.directory, formatversion: 2
			} ).then( function ( data ) {
				var names = otherNames(
					JSON.parse( data.query.pages[ 0 ].revisions[ 0 ].slots.main.content ) );
				lines.forEach( function ( line, number ) {
					texts( line ).forEach( function ( text ) {
						( names[ text.trim() ] || [] ).forEach( function ( name ) {
							add( index, name, number );
						} );
					} );
				} );
				show();
			} ).catch( function () {
				// no such page, or not the directory: what stands on this page is found all the same
			} );
		}
	}

	mw.hook( 'wikipage.content' ).add( init );
}( mediaWiki, jQuery ) );
