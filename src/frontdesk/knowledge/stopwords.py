"""Words that carry no subject, folded (ё as е, Kazakh letters as plain Cyrillic).

Words that tell one question from another (how much, how long, when, where, why) are not among them.
"""

_EN = """
a an the and or but if so as of at by for from in into on to with about over under than then too
also just i me my mine we us our ours you your yours he him his she her it its they them their this
that these those am is are was were be been being do does did doing done have has had having can
could will would shall should may might must not no nor don doesn didn isn aren wasn weren won
wouldn couldn shouldn t s d ll ve re m what which who whom there here some any all each please hi
hello hey thanks thank dear want wanted like need get got getting tell know let possible way use
using via able up out off
"""

_RU = """
и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее мне было
вот от меня еще нет о из ему теперь даже ну вдруг ли если уже или ни быть был него до вас нибудь
опять уж вам ведь там потом себя ничего ей они тут есть надо ней для мы тебя их чем была сам чтоб
без чего раз тоже себе под будет ж тогда кто этот того потому этого какой какая какие какое каком
какую совсем ним здесь этом один почти мой моя мое мои моей моего моем моих мою тем чтобы нее были
всех можно при об это эта эти эту этой этих свой своя свои свое вами нам нас наш ваш ваша ваше ваши
вашем вашей вашего вашу который которая которые которое здравствуйте привет добрый день пожалуйста
спасибо подскажите скажите хочу хотел хотела хотелось нужно могу могла мог может можете можем
"""

_KK = """
жане мен бен пен да де та те ма ме ба бе па пе не ал бирак немесе осы сол бул ол мына ана сонда оны
онын оган менин сенин сиздин биздин маган саган сизге бизге сиз биз олар мынау еди екен едим бар жок
болады болар болып болса болды болган бола болу керек ушин туралы бойынша аркылы гана тек енди тагы
дейин кейин кезде дегенимиз деген деп дегендер кандай калай кайсы ким саламатсыз сиздер сизба салем
отинемин отиниш рахмет айтыныз айтынызшы келеди жатыр тур отыр жур мумкин егер онда мында тын барлык
"""

STOP_WORDS: dict[str, frozenset[str]] = {
    "en": frozenset(_EN.split()),
    "ru": frozenset(_RU.split()),
    "kk": frozenset(_KK.split()),
}
