/* Wine 8 has no Windows.UI.ViewManagement.UISettings, and Qt 6 ends when it cannot activate it.
 * This DLL is that class with answers that never change, for the tests under Wine only; it is in
 * no package. Interface ids, the order of methods and the values of UIColorType are those of
 * windows.ui.viewmanagement.idl of the Windows SDK. ATT_WINE_DARK=1 makes the system dark.
 *
 * x86_64-w64-mingw32-gcc -O2 -Wall -Wextra -shared -o uisettings.dll uisettings.c
 */
#include <windows.h>
#include <stdlib.h>

typedef void *HSTRING_;
typedef struct { BYTE a, r, g, b; } Color;

static const IID IID_Unknown = {0, 0, 0, {0xC0, 0, 0, 0, 0, 0, 0, 0x46}};
static const IID IID_Agile =
    {0x94EA2B94, 0xE9CC, 0x49E0, {0xC0, 0xFF, 0xEE, 0x64, 0xCA, 0x8F, 0x5B, 0x90}};
static const IID IID_Inspectable =
    {0xAF86E2E0, 0xB12D, 0x4C6A, {0x9C, 0x5A, 0xD7, 0xAA, 0x65, 0x10, 0x1E, 0x90}};
static const IID IID_ActivationFactory = {0x35, 0, 0, {0xC0, 0, 0, 0, 0, 0, 0, 0x46}};
static const IID IID_Settings =
    {0x85361600, 0x1C63, 0x4627, {0xBC, 0xB1, 0x3A, 0x89, 0xE0, 0xBC, 0x9C, 0x55}};
static const IID IID_Settings2 = /* text scale */
    {0xBAD82401, 0x2721, 0x44F9, {0xBB, 0x91, 0x2B, 0xB2, 0x28, 0xBE, 0x44, 0x2F}};
static const IID IID_Settings3 = /* colours */
    {0x03021BE4, 0x5254, 0x4781, {0x81, 0x94, 0x51, 0x68, 0xF7, 0xD0, 0x6D, 0x7B}};

/* One object with a virtual table for each interface, and its factory. All live for ever. */
typedef struct { const void *const *table; } Face;
static Face settings, settings2, settings3, factory;

static BOOL any_of(const IID *wanted, const IID *const *known)
{
    for (; *known; known++)
        if (IsEqualIID(wanted, *known))
            return TRUE;
    return FALSE;
}

static HRESULT WINAPI query(void *self, const IID *wanted, void **out)
{
    static const IID *const plain[] = {&IID_Unknown, &IID_Inspectable, &IID_Agile, &IID_Settings, NULL};
    (void)self;
    *out = NULL;
    if (any_of(wanted, plain))
        *out = &settings;
    else if (IsEqualIID(wanted, &IID_Settings2))
        *out = &settings2;
    else if (IsEqualIID(wanted, &IID_Settings3))
        *out = &settings3;
    return *out ? S_OK : E_NOINTERFACE;
}

static HRESULT WINAPI query_factory(void *self, const IID *wanted, void **out)
{
    static const IID *const plain[] =
        {&IID_Unknown, &IID_Inspectable, &IID_Agile, &IID_ActivationFactory, NULL};
    *out = any_of(wanted, plain) ? self : NULL;
    return *out ? S_OK : E_NOINTERFACE;
}

static ULONG WINAPI count(void *self) { (void)self; return 1; }

static HRESULT WINAPI get_iids(void *self, ULONG *number, IID **ids)
{
    (void)self;
    *number = 0;
    *ids = NULL;
    return S_OK;
}

static HRESULT WINAPI get_name(void *self, HSTRING_ *name) { (void)self; *name = NULL; return S_OK; }
static HRESULT WINAPI get_trust(void *self, int *level) { (void)self; *level = 0; return S_OK; }
static HRESULT WINAPI get_zero(void *self, int *value) { (void)self; *value = 0; return S_OK; }
static HRESULT WINAPI get_size(void *self, INT64 *value) { (void)self; *value = 0; return S_OK; }
static HRESULT WINAPI get_flag(void *self, BYTE *value) { (void)self; *value = 0; return S_OK; }
static HRESULT WINAPI get_scale(void *self, double *value) { (void)self; *value = 1.0; return S_OK; }

static HRESULT WINAPI add_handler(void *self, void *handler, INT64 *token)
{
    (void)self, (void)handler;
    *token = 1;
    return S_OK;
}

static HRESULT WINAPI remove_handler(void *self, INT64 token)
{
    (void)self, (void)token;
    return S_OK;
}

static HRESULT WINAPI get_color(void *self, int kind, Color *color)
{
    /* Background, Foreground, AccentDark3..1, Accent, AccentLight1..3: Windows' default blue. */
    static const Color light[] = {
        {255, 255, 255, 255}, {255, 0, 0, 0}, {255, 0, 38, 66}, {255, 0, 66, 117},
        {255, 0, 90, 158}, {255, 0, 120, 215}, {255, 66, 156, 227}, {255, 118, 185, 237},
        {255, 166, 216, 255},
    };
    const char *mode = getenv("ATT_WINE_DARK");
    (void)self;
    if (kind < 0 || kind >= (int)(sizeof light / sizeof *light))
        return E_INVALIDARG;
    *color = light[kind < 2 && mode && *mode == '1' ? 1 - kind : kind];
    return S_OK;
}

static HRESULT WINAPI activate(void *self, void **out)
{
    (void)self;
    *out = &settings;
    return S_OK;
}

#define INSPECTABLE count, count, get_iids, get_name, get_trust
static const void *const settings_table[] = {
    query, INSPECTABLE,
    /* HandPreference, CursorSize, ScrollBarSize, ScrollBarArrowSize, ScrollBarThumbBoxSize,
     * MessageDuration, AnimationsEnabled, CaretBrowsingEnabled, CaretBlinkRate, CaretWidth,
     * DoubleClickTime, MouseHoverTime, UIElementColor */
    get_zero, get_size, get_size, get_size, get_size, get_zero, get_flag,
    get_flag, get_zero, get_zero, get_zero, get_zero, get_color,
};
static const void *const settings2_table[] =
    {query, INSPECTABLE, get_scale, add_handler, remove_handler};
static const void *const settings3_table[] =
    {query, INSPECTABLE, get_color, add_handler, remove_handler};
static const void *const factory_table[] = {query_factory, INSPECTABLE, activate};

__declspec(dllexport) HRESULT WINAPI DllGetActivationFactory(HSTRING_ name, void **out)
{
    (void)name;
    settings.table = settings_table;
    settings2.table = settings2_table;
    settings3.table = settings3_table;
    factory.table = factory_table;
    *out = &factory;
    return S_OK;
}

__declspec(dllexport) HRESULT WINAPI DllCanUnloadNow(void) { return S_FALSE; }
