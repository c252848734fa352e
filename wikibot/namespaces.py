"""Names of namespaces on wikis that cannot be asked: what a file may be written with.

A wiki says itself what its namespaces are called; of a page in a file nobody knows which wiki it
is from. The names are those of MediaWiki's messages (``languages/messages/Messages*.php``), in
lower case, with the forms for women and men that some languages have.
"""

from wikibot.model import Site

_USER = """
    user|benutzer|benutzerin|utilisateur|utilisatrice|usuario|usuaria|usuário|usuária|utilizador
    utilizadora|utente|gebruiker|gebruikster|bruker|brukar|användare|bruger|käyttäjä|notandi
    wikipedysta|wikipedystka|użytkownik|użytkowniczka|uživatel|uživatelka|redaktor|redaktorka
    používateľ|szerkesztő|utilizator|потребител|корисник|участник|участница|користувач
    користувачка|удзельнік|удзельніца|uporabnik|suradnik|suradnica|korisnik|naudotojas|dalībnieks
    kasutaja|kullanıcı|istifadəçi|қатысушы|χρήστης|משתמש|משתמשת|مستخدم|مستخدمة|کاربر|صارف
    सदस्य|ব্যবহারকারী|பயனர்|వాడుకరి|ഉപയോക്താവ്|ผู้ใช้|pengguna|thành viên|利用者|用户|使用者|用戶
    사용자|usuari|usuària|lankide|uzanto|përdoruesi|მომხმარებელი|մասնակից|implijer|defnyddiwr
    tagagamit|mtumiaji
"""
_FILE = """
    file|image|datei|bild|fichier|archivo|imagen|ficheiro|arquivo|imagem|immagine|bestand
    afbeelding|fil|tiedosto|plik|grafika|soubor|súbor|fájl|kép|fișier|файл|изображение|зображення
    слика|датотека|slika|datoteka|dosya|resim|αρχείο|εικόνα|קובץ|תמונה|ملف|صورة|پرونده|تصویر
    चित्र|berkas|tập tin|ファイル|画像|文件|檔案|图像|파일|그림|fitxer|imatge|dosiero
"""
_CATEGORY = """
    category|kategorie|catégorie|categoría|categoria|categorie|kategori|luokka|kategoria|kategória
    категория|категорія|категорија|kategorija|κατηγορία|קטגוריה|تصنيف|رده|زمرہ|श्रेणी|thể loại
    カテゴリ|分类|分類|분류|kategorio
"""
_WIKIS = """
    c|commons|d|foundation|m|mediawikiwiki|meta|metawikimedia|metawikipedia|mw|q|s|species|v|voy|w
    wikipedia|wikt|wmde|wikitech|phab
    ar|bg|bn|ca|cs|da|de|el|en|eo|es|et|eu|fa|fi|fr|he|hi|hr|hu|id|it|ja|ko|lt|lv|nl|no|pl|pt|ro|ru
    sk|sl|sr|sv|th|tr|uk|vi|zh
"""


def _names(lines: str) -> frozenset[str]:
    return frozenset(name.strip() for line in lines.split("\n") for name in line.split("|")) - {""}


def unknown_wiki() -> Site:
    """A site for wikitext from a file: every name that its namespaces may well have."""
    site = Site()
    users, files = _names(_USER), _names(_FILE)
    return Site(
        user_prefixes=users,
        file_prefixes=files,
        category_prefixes=_names(_CATEGORY),
        namespaces=site.namespaces | users | files | _names(_CATEGORY),
        interwikis=_names(_WIKIS),
    )
