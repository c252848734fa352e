"""An example of Pywikibot's own settings, for those who prefer them to environment variables.

wikibot needs no such file: WIKIBOT_LOGIN and WIKIBOT_PASSWORD (a bot password), or the four
variables WIKIBOT_CONSUMER_TOKEN, WIKIBOT_CONSUMER_SECRET, WIKIBOT_ACCESS_TOKEN and
WIKIBOT_ACCESS_SECRET (OAuth), are enough, and come before what stands here.

To use it, copy it to a folder of its own as user-config.py, let nobody else read that folder
(chmod 700), and name the folder in the environment variable PYWIKIBOT_DIR. The account is the one
in wikibot.toml ([wiki] user); what is said here about user names is not asked.

https://www.mediawiki.org/wiki/Manual:Pywikibot/user-config.py
"""

# --- either: a bot password (Special:BotPasswords on the wiki) -----------------------------------

# The file stands beside this one, readable by its owner only (chmod 600). One line a wiki, or one
# for all wikis where the account has the same password; app is the part behind the @ of the name
# that Special:BotPasswords gives:
#
#     ('RosterBot', BotPassword('app', '0123456789abcdefghijklmnopqrstuv'))
#
# Grants that are needed: basic rights, high-volume (bot) access, edit existing pages, and
# create, edit, and move pages.
password_file = "user-password.py"

# --- or: an owner-only consumer of OAuth 1 (Special:OAuthConsumerRegistration/propose) -----------

# By host: consumer token, consumer secret, access token, access secret.
#
# authenticate["wiki.example"] = ("…", "…", "…", "…")

# --- what wikibot sets itself --------------------------------------------------------------------

# put_throttle (from [limits] in wikibot.toml), minthrottle, maxlag, max_retries, the user agent,
# no CAPTCHA dialogue, no cosmetic changes, no simulation. Other settings hold, for example:
#
# socket_timeout = (6.05, 45)
# retry_wait = 5
# retry_max = 120
