-- For mw.loadData: what the directory is looked through with, built once for a page.
return require( [=[«module»]=] )._index( [=[«directory»]=] )
