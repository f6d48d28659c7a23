package sim

// Countries whose people also write their names in another script: the native
// spelling stands in the same place as the Latin one.
var nativeTables = map[string]nameTable{
	"UA": {
		given:        "Oleksandr Olena Andrii Iryna Dmytro Oksana Serhii Nataliia Maksym Yuliia Ivan Tetiana Mykola Kateryna Yurii Anna Bohdan Svitlana Vitalii Mariia Taras Liudmyla Roman Halyna",
		nativeGiven:  "Олександр Олена Андрій Ірина Дмитро Оксана Сергій Наталія Максим Юлія Іван Тетяна Микола Катерина Юрій Анна Богдан Світлана Віталій Марія Тарас Людмила Роман Галина",
		family:       "Melnyk Shevchenko Kovalenko Bondarenko Boiko Tkachenko Kravchenko Kovalchuk Koval Oliinyk Shevchuk Polishchuk Ivanenko Tkachuk Savchenko Bondar Marchenko Rudenko Moroz Lysenko Petrenko Klymenko Pavlenko Kravchuk Kuzmenko Levchenko Vasylenko Hnatiuk Romanenko Sydorenko",
		nativeFamily: "Мельник Шевченко Коваленко Бондаренко Бойко Ткаченко Кравченко Ковальчук Коваль Олійник Шевчук Поліщук Іваненко Ткачук Савченко Бондар Марченко Руденко Мороз Лисенко Петренко Клименко Павленко Кравчук Кузьменко Левченко Василенко Гнатюк Романенко Сидоренко",
	},
	"GR": {
		given:        "Georgios Maria Konstantinos Eleni Dimitrios Aikaterini Ioannis Vasiliki Nikolaos Sofia Panagiotis Anna Christos Georgia Vasileios Dimitra Athanasios Ioanna Evangelos Angeliki",
		nativeGiven:  "Γεώργιος Μαρία Κωνσταντίνος Ελένη Δημήτριος Αικατερίνη Ιωάννης Βασιλική Νικόλαος Σοφία Παναγιώτης Άννα Χρήστος Γεωργία Βασίλειος Δήμητρα Αθανάσιος Ιωάννα Ευάγγελος Αγγελική",
		family:       "Papadopoulos Vlachos Angelopoulos Nikolaidis Georgiou Petridis Dimitriou Oikonomou Pappas Makris Alexiou Karras Samaras Kostas Antoniou Ioannidis Christodoulou Kalogeropoulos Zervas Raptis Galanis Manolis Lekkas Rigas",
		nativeFamily: "Παπαδόπουλος Βλάχος Αγγελόπουλος Νικολαΐδης Γεωργίου Πετρίδης Δημητρίου Οικονόμου Παππάς Μακρής Αλεξίου Καρράς Σαμαράς Κώστας Αντωνίου Ιωαννίδης Χριστοδούλου Καλογερόπουλος Ζέρβας Ράπτης Γαλάνης Μανώλης Λέκκας Ρήγας",
	},
	"JP": {
		given:        "Haruto Yui Sota Hina Yuto Sakura Ren Aoi Kaito Rin Daiki Mei Takumi Yuna Kenta Miyu Shota Ayaka Hiroshi Keiko Takashi Yoko Kenji Naoko",
		nativeGiven:  "陽斗 結衣 颯太 陽菜 悠斗 さくら 蓮 葵 海斗 凛 大輝 芽衣 匠 優奈 健太 美優 翔太 彩花 博 恵子 隆 洋子 健二 直子",
		family:       "Sato Suzuki Takahashi Tanaka Watanabe Ito Yamamoto Nakamura Kobayashi Kato Yoshida Yamada Sasaki Yamaguchi Matsumoto Inoue Kimura Hayashi Shimizu Saito Mori Ikeda Hashimoto Ishikawa Ogawa Okada Hasegawa Fujita",
		nativeFamily: "佐藤 鈴木 高橋 田中 渡辺 伊藤 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 林 清水 斎藤 森 池田 橋本 石川 小川 岡田 長谷川 藤田",
	},
	"KR": {
		given:        "Min-jun Seo-yeon Seo-jun Ji-woo Do-yun Seo-hyeon Ye-jun Ha-eun Si-woo Ji-min Ju-won Su-bin Ji-ho Yu-na Jun-seo Eun-ji Hyun-woo Mi-kyung Sung-ho Young-hee Dong-hyun Hye-jin Jae-won Soo-jin",
		nativeGiven:  "민준 서연 서준 지우 도윤 서현 예준 하은 시우 지민 주원 수빈 지호 유나 준서 은지 현우 미경 성호 영희 동현 혜진 재원 수진",
		family:       "Kim Lee Park Choi Jung Kang Cho Yoon Jang Lim Han Oh Seo Shin Kwon Hwang Ahn Song Ryu Hong Jeon Ko Moon Yang",
		nativeFamily: "김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황 안 송 류 홍 전 고 문 양",
	},
	"EG": {
		given:        "Mohamed Fatma Ahmed Mariam Mahmoud Nour Mostafa Salma Omar Habiba Youssef Farah Karim Yasmin Hassan Aya Khaled Dina Amr Heba Tarek Mona Sherif Rania",
		nativeGiven:  "محمد فاطمة أحمد مريم محمود نور مصطفى سلمى عمر حبيبة يوسف فرح كريم ياسمين حسن آية خالد دينا عمرو هبة طارق منى شريف رانيا",
		family:       "Hassan Ibrahim Mahmoud Ali Mansour Abdelrahman Saleh Fathy Soliman Gaber Farouk Kamel Nasser Salem Shawky Ramadan Zaki Hamdy Fouad Sayed Tawfik Badawi Ghanem Lotfy",
		nativeFamily: "حسن إبراهيم محمود علي منصور عبدالرحمن صالح فتحي سليمان جابر فاروق كامل ناصر سالم شوقي رمضان زكي حمدي فؤاد سيد توفيق بدوي غانم لطفي",
	},
}
