"""The commonest words of each language in Latin letters: what tells short texts apart where letters alone do not.

Folded as `text/words.py` folds. A word that several languages share counts for each of them.
"""

COMMON_WORDS: dict[str, frozenset[str]] = {
    code: frozenset(words.split())
    for code, words in {
        "en": "the and is it in my was to of for with not this that but on have had they you i me so very never no"
        " at we are were all one when after be from out just what would can its them an as great good",
        "fr": "le la les et est un une des pas je il elle que pour dans ce ne sur avec au du mais tres plus qui j c"
        " s l d n qu on ils mon ma mes sans ai ete a en tout bien jamais rien",
        "de": "der die das und ist nicht ich ein eine zu mit den von auf es war fur fuer im dem aber sehr auch nach"
        " bei wie sich noch mir habe hat nur wurde wird kein keine man dass am aus einen nie schon wieder ware"
        " sie ihr",
        "es": "el la los las y es un una de que no en por con para se lo me muy pero del al mi como mas ha he fue"
        " este esta sin todo ni nunca han le a su yo ya si producto",
        "it": "il lo la gli le e un una di che non in per con mi ma del della sono ho molto anche al dal come piu"
        " si era ha mai nel questo questa tutto senza alla dopo ne i a da hanno ottimo",
        "nl": "de het een en is niet ik van in op met voor maar dat die was zeer ook te aan er heb heeft zijn naar"
        " bij geen nog mijn je na al om wel goed nooit deze werd heel ben",
        "pt": "o os as um uma e de que nao no na em do da por com para se me mas muito meu minha foi mais ao veio"
        " como produto nunca ja esta este isso eu sem nem tem pelo pela bem so depois chegou",
        "sv": "och det att en ett som ar inte jag pa med for av den men har till var mycket de om sa fran kom mig"
        " min ska nar efter bra aldrig ingen inga eller kan hade blev vid utan",
        "pl": "i w nie na jest sie ze z do to jak ale po za dla od o mi byl byla tylko juz bardzo co tego przez bez"
        " ma sa nigdy mnie jestem polecam produkt tak mam bylo towar moj",
        "tr": "ve bir bu cok ama icin da de ile degil urun geldi gibi daha ne en var yok mi her kadar sonra hic"
        " olarak ben iade kargo guzel tavsiye ederim aldim oldu ki hala diye satici",
    }.items()
}
