"""Draw every picture of the 2021 issue and write it as SVG beside the articles."""

from collections.abc import Callable
from pathlib import Path

import cover
import emblems
import scenes_alliance
import scenes_news
import scenes_partners
import scenes_ribbon
import scenes_views
from palette import BACK, COVER, EMBLEM, PANORAMA, STRIP, WIDE
from svg import document

IMAGES = Path(__file__).resolve().parent.parent / "images"

Scene = Callable[[], list[str]]
PICTURES: dict[str, tuple[str, tuple[int, int], Scene]] = {
    "cover": ("化作道路、河流与输电线的绿丝带环绕地球", COVER, cover.cover),
    "back": ("绿丝带化作道路、河流与输电线，伸入静静的群山", BACK, cover.back),
    "symposium": ("圆桌与相连的陆海天网", PANORAMA, scenes_news.symposium),
    "advisory-council": ("环绕地球的视频会议窗口", WIDE, scenes_news.advisory_council),
    "green-ribbon": ("系着绿丝带的地球", WIDE, scenes_ribbon.green_ribbon),
    "amazon-line": ("跨越亚马孙雨林与河流的输电线路", WIDE, scenes_ribbon.amazon_line),
    "glacier-dam": ("莫雷诺冰川、河流与水电站大坝", WIDE, scenes_ribbon.glacier_dam),
    "iceland-heat": ("冰岛群山间的地热蒸汽", WIDE, scenes_ribbon.iceland_heat),
    "sinai-terraces": ("西奈半岛山区的节水梯田", WIDE, scenes_ribbon.sinai_terraces),
    "big-data": ("地图、流域与监测点叠成的数据平台", PANORAMA, scenes_news.big_data),
    "innovation-conference": ("海风与阳光里的深圳", WIDE, scenes_alliance.innovation_conference),
    "outlook-report": ("从翻开的报告通向远方的路", WIDE, scenes_alliance.outlook_report),
    "outlook-seminar": ("俯瞰铺着文件与图表的会议桌", WIDE, scenes_alliance.outlook_seminar),
    "infrastructure": ("穿过山谷的铁路桥与山上的风机", STRIP, scenes_alliance.infrastructure),
    "green-finance": ("钱币般的太阳与梯级生长的树", WIDE, scenes_alliance.green_finance),
    "training": ("现场与线上同上一堂双碳课", WIDE, scenes_alliance.training),
    "burkina-solar": ("稀树草原上的太阳能电站", WIDE, scenes_partners.burkina_solar),
    "youth-dialogue": ("亚非青年同在一棵树下", WIDE, scenes_partners.youth_dialogue),
    "views": ("绿丝带依次化作河流、铁路与大河", PANORAMA, scenes_views.views),
    "sea": ("沿海而行的列车与船", PANORAMA, scenes_partners.sea),
    "emblem-news": ("绿色丝路新闻", EMBLEM, emblems.news),
    "emblem-alliance": ("联盟动态", EMBLEM, emblems.alliance),
    "emblem-partnerships": ("专题工作进展", EMBLEM, emblems.partnerships),
    "emblem-views": ("观点", EMBLEM, emblems.views),
    "emblem-chronicle": ("大事记", EMBLEM, emblems.chronicle),
    "emblem-contacts": ("联系方式", EMBLEM, emblems.contacts),
}


def main() -> None:
    """Write all the pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    for name, (title, size, scene) in PICTURES.items():
        text = document(title, size, scene())
        (IMAGES / f"{name}.svg").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
