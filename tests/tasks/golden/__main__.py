from tests.tasks.golden import GOLDEN, made

for name, text in made().items():
    (GOLDEN / name).write_text(text, "utf-8")
