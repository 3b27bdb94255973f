"""A page that says "Orders wait five days.", encrypted; packed, because making them takes a library of its own."""

import base64
import zlib


def _unpacked(packed: str) -> bytes:
    return zlib.decompress(base64.b85decode(packed))


AES_128_OPEN = _unpacked(
    "c-oCqJ!=#}7)G%gOEm~0OyMC2y7RTOvv8c`;|@hbLQaEX)XeR?lU%&)9($9JSZOB~7Jd{KHde8=v5!p(37R6c(ZWX2KOoNDoyoyj"
    "xVtR#KJ&a^&pT6^o~WIt7dR^Iec9eY6cd~^mQcBjf@|w-z`?k7x|J=UU|KIg2QyEYL6r)E)D%QE<k01z;7ZeU@GZ;>KE92D@oXh^"
    "m=3t|f4UZla`4n%ChwOzZ+5Wg*^^+JdMsP>v59{rWjKmikzocp*-D=HB8!MM@7G&U9R4l3_x1COf&5n?U2uz7kz&8&a?s1@<HgNK"
    "Bem~qOK*;kyuDN3IyCqD)4RR*$H>jN{q5e7r)NiAoO%6hZu7_E$#bWEX1lG8?GyRut@)$R55J7>KG@iO_-kkVbm`T}`Si)x4>uNz"
    "y#3Jq3c?`;imFjiUun3mS%4G;W4Z&~eu7KTS_Rik^gthSAj&KjUWnq??}#$x6~%(ZB9;-0nHQwla**So?sRH&Zcs3V%b}E3tB3<|"
    "o<wn!7~Y79utpoJsL)n(VQj3qvJ#A-jaUg_i8PvNEp1pq!F5~)4Khqr#G+UT3MAwaC0tNzKv^L)Qw=L11OZW~w4hQD;%#ZI)r1n|"
    "qm0+OQ>#1EUyZJ~#p-HtB7%u5nQB8?kS1|3TCLBrgGOb4y54oUhI;`DBi}a;BwNeDB7!4C_8%<6kcZgfeT@3?ba&DNOo}0lGCqW{"
    "kPcy74P#=E=W^X_LEfEXy?GyedBIGU`AgF~`IjgBnJ=^0>)S995Ty;FiLgqE&@{Y$V7V5R|DpKXQcaV5z3s64dp9~x=dLS^pA9ON"
    "s#7)e2P5t#aR"
)
"""Opens with an empty password."""

AES_256_OPEN = _unpacked(
    "c-oCrJ8T?P6iq`wuZcvRNKXPQLI~#lKVoHw?OiY=vg0+80;0I@=Pa^!tl4pJ_((K}j-HMVN|ex0q>54#i7KT@nJ7w~iaWa-XQicJ"
    "W{P+3oclZPytlHwF?ff+E6K_~kN*0baLQ;Mz9hXKsdjH2W?HR73;XpRskUJ+PpCk^4q06#d7L_+SPGcpNcG7mP3Y%Tc6j;)sn+YG"
    "aZC9^sQk~+u27Q^I;(_n;}*>cRWtiaP9s>Wk1;pH*Kk3t7hQ#&JgJYGh)s4G2N*Y7aH?N4J^SYM)k6KtdA!%&ppJF_CvB7AfbbuV"
    "pP#>d^2+A-Cj&Tqc<0Rf4}LoP$9os@{bz4n`2Dv!$dfng@a^+ob{{_Y=Fg9xe0Kh|%e%im9<03z?A*_rKi<u6y?ycc>AmZ(f4BbO"
    ")vrG2>dsToJJ3rEbX}8bcof>H**Q6>)?kvS^Hd+@{hPTRMOc`_EM&PxH4;J1=|n=~dYdZYl{Z#+frO0q+uYD<*upqLlSs8idon4V"
    "iqgP=8{<-9DhFk>Qw|`OqNMZ2*vNg!O7rY=biqZIgJcRq3?5?yPsK;+i<1hX=PD|}gfznBRZ@LQd(MK7UVup2+Gw2i)(NYmVvhSz"
    "q)A4|n3L5OLb1wl?LaG$AX~<gm6-|8K>H-T!6-CsaG`)_G6c|AWqmN+^<kUlt4l}ijsDF}QPoBrw+{2T16`rjrT*}mJS9qsxjHcP"
    "U_fUHI-_}MZ1ri+Xp^H<Q9Em(Xrpsd*=ELNOn{?!?h_X*m=r(->5(F>8CStrsUfJ22uu?TH_{_9COED*F9`u0d4b|WFboNijv?hj"
    "1uuLC8IS_3TVhF?J4~~kn*-FkiOgcT!f}5Al-De{ToMOF1CM4=^2bdsgi%Y_=|hdyQqw|DeH>*u{WE^)Giu4lg<SFp&6j-AE&J3W"
    "u5DnnpPQ+Ehoi4EwpZ=cHC`686Ti8EXT4{cMoBW1A4C0^fLb%cN6WeMGMBLWe;{~E^vAKeb=Xq#;!c>f(6m!xIL=8{R{C25@-IU|"
    "V$J"
)
"""Opens with an empty password."""

AES_256_LOCKED = _unpacked(
    "c-oCry^AD86gLxU6H^0^3S0x>?0WTGFfQKi&fuxb4m*0up;#ZU_Ga1b-s|Z-?o1W&e^9|dO+@?`%r+1aIg=AX(9Fa`go8D)dS-5K"
    "U<~Z;px*1>?|uC0Rc(%UM_1t`K{kK;{fGMmD5Fg{B7*^`-n@5;wA%5VKW+|5HTH)%qr3nP$krCYI`u%lMwsJB_4+i;=uIkmJbjx~"
    "JIz_$QCOjh|D^VbS}f2-royYcV$P^s*n60!e!IC_VzcsU;M6$YXE?xFbJoUEWFK)<c#8#4^|<K8x6ChB^1p%gVRwsK*8iV%E&3Dk"
    "^yrme>z}?kI&D6_*cd-Nc<$l@eR2DvPfvdNkw1U)!Oz=A|NQ;bJMTaE<ox`LKkk3~Nc{Ev=Nqrx9$bI;?#9)xzWngTEA_?f&-1UJ"
    "{qBWFFF&*QS)X?qdRc*5Q=qS!RFkvN&CT8kq}ui~ocB|`ipO`bn?}FVhhB+tgQ_9~)t4P{Rn}uFxsy&C?sySodfZ`4t4ZhU<l985"
    "eLBd1AsP+LbHkYt4xF+wL@ts5CY4X%KuD=9<{T7f+9nXf%j}ekg`m*{fXsmzutsVDB4tdFq)IyaEmFNj2ioegVVFbq5&@M7)^aWt"
    "_l_%Rm0&ib_1WeGQspE8Vz61UsIy}xv7A8}BW;$<a3xgo0X<VGC&a}2EIXt5u1~tOTwOcsZVm7B6IJatasL$S9<)cRYs1M6aVeDG"
    "%jqc8lM!76=#BP?u|K2(4>o02bO|1k=Nh9+&Y;&u$P{uZC#hWeh!~YK(MsvSVAL#w3(@jkh!Q3;Ees;qqJ)$Yg!2%K#F{}=AxUqv"
    "WFlA$L1dOR^T>+yN(cpB2T{U|u{|lXj>7oDL@yy27XsH@F<Vwvu;49Q9r?R0X2Pf;?DC;n6&-1&mp&+CIsa2X@oBl{11{ElT)~=8"
    "*ma*=#dWQp9%DP7-^uhnEag=PO;aw5#fiVZTh96*x+q03CTMM)5mt+=ih43@OhsC@^?xAcmKfHty?5GC{rFCpb-wN9!a(VhY;F$s"
    "N912KENfr"
)
