// Nothing more.
#pragma once
